package storm.client.deadletters;

import org.jspecify.annotations.Nullable;
import storm.client.auth.SignedInCalls;
import storm.client.http.RestCall;
import storm.protocol.deadletters.DeadLetter;
import storm.protocol.deadletters.DeadLetterFilter;
import storm.protocol.deadletters.DeadLetterSelection;
import storm.protocol.deadletters.DeadLetters;
import storm.protocol.deadletters.Discarded;
import storm.protocol.deadletters.Retried;
import storm.protocol.ids.DeadLetterId;
import storm.protocol.rest.Page;

/// Jobs that were given up: looking at them, sending them back, throwing them away.
public final class DeadLettersCalls {
    private final SignedInCalls calls;

    public DeadLettersCalls(SignedInCalls calls) {
        this.calls = calls;
    }

    /// A page of dead letters, newest first.
    public Page<DeadLetter> list(DeadLetterFilter filter, int limit, @Nullable String cursor) {
        RestCall call = RestCall.get("/dead-letters")
                .with("channelId", filter.channelId())
                .with("reason", filter.reason())
                .with("limit", limit)
                .with("cursor", cursor);
        return calls.call(call).page(DeadLetters.class, DeadLetters::deadLetters);
    }

    public DeadLetter get(DeadLetterId id) {
        return calls.call(RestCall.get("/dead-letters/" + id), DeadLetter.class);
    }

    /// Sends one back to the queue; 0 if somebody did before.
    public long retry(DeadLetterId id) {
        return calls.call(RestCall.post("/dead-letters/" + id + "/retry", null), Retried.class)
                .retried();
    }

    public long retry(DeadLetterSelection selection) {
        return calls.call(RestCall.post("/dead-letters/retry", selection), Retried.class)
                .retried();
    }

    /// Throws one away; 0 if somebody did before.
    public long discard(DeadLetterId id) {
        return calls.call(RestCall.delete("/dead-letters/" + id), Discarded.class)
                .discarded();
    }

    public long discard(DeadLetterSelection selection) {
        return calls.call(RestCall.post("/dead-letters/discard", selection), Discarded.class)
                .discarded();
    }
}
