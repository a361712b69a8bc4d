package storm.admin.deadletters;

import java.util.List;

/// The reasons that Storm gives for a dead letter. A reason that is not among them is shown as it came.
final class Reasons {
    static final List<String> KNOWN = List.of(
            "not_a_member",
            "channel_archived",
            "channel_not_found",
            "message_not_found",
            "not_the_sender",
            "message_id_taken",
            "attempts_exhausted",
            "unreadable");

    private Reasons() {}

    /// The key of a reason's text.
    static String key(String reason) {
        return "deadletters.reason." + reason;
    }
}
