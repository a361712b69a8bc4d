package storm.ws.channels;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import storm.core.queries.Queries;
import storm.core.queries.Query;
import storm.protocol.ids.UserId;
import storm.ws.redis.Turns;

/// Asks a worker, which asks the database.
@Singleton
class WorkerMembershipSource implements MembershipSource {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Queries queries;
    private final Turns turns;

    @Inject
    WorkerMembershipSource(Queries queries, Turns turns) {
        this.queries = queries;
        this.turns = turns;
    }

    @Override
    public List<Query.MemberChannel> channelsOf(UserId userId) {
        return turns.question(
                () -> queries.ask(new Query.MembershipQuery(userId), PATIENCE).channels());
    }
}
