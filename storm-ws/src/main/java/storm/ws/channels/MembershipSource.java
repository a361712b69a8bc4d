package storm.ws.channels;

import java.util.List;
import storm.core.queries.Query;
import storm.protocol.ids.UserId;

/// Who is a member of what, by the database.
@FunctionalInterface
interface MembershipSource {
    /// @throws storm.protocol.errors.StormException SERVICE_UNAVAILABLE
    List<Query.MemberChannel> channelsOf(UserId userId);
}
