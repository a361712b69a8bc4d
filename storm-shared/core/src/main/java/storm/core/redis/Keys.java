package storm.core.redis;

import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;

/// Every key and pub/sub topic of Storm in Redis, with type and time to live.
///
/// Braces are hash tags: keys that one script touches lie in one slot of a cluster. `{p}` below is a
/// partition's number in literal braces.
///
/// | key | type | lives | what |
/// |---|---|---|---|
/// | `storm:q:{p}` | stream, group `workers` | until done | inbound jobs: `j` sealed job, `n` attempts so far, `id` |
/// | `storm:q:{p}:seen:<id>` | string | 24 h | a job id that was taken |
/// | `storm:q:{p}:lease` | string | 6 s, renewed | `<workerId>:<fence>` of the owner |
/// | `storm:q:{p}:fence` | counter | for ever | fencing numbers |
/// | `storm:q:{p}:delayed` | sorted set | until due | jobs by the time of their next attempt, ms |
/// | `storm:q:{p}:dead`, `…:dead:index` | hash, sorted set | until handled | dead letters; their ids by time of failure
/// |
/// | `storm:q:{p}:stats:<minute>` | hash | 1 h | `done`, `failed`, `retried` in a minute |
/// | `storm:ch:{id}:events` | stream | 24 h, ~1,000 | a channel's events, entry id `<seq>-0`, field `e` |
/// | `storm:ch:{id}` | topic | | `<seq>:<sealed event>` |
/// | `storm:wake` | topic | | a partition that was empty and has a job |
/// | `storm:queries` | list | until answered | questions for a worker |
/// | `storm:reply:<instance>` | topic | | answers for one process |
/// | `storm:membership`, `storm:sessions`, `storm:presence`, `storm:users` | topics | | what gateways must know at once
/// |
/// | `storm:workers` | sorted set | 10 s each | live workers by expiry, ms |
/// | `storm:task:<name>` | string | seconds | the worker that runs a task of which one runs at a time |
/// | `storm:rotation` | hash | for ever | how far the messages have come under the current storage key |
/// | `storm:epoch` | string | for ever | changes when Redis lost its data |
/// | `storm:user:{id}:revoked` | hash | 16 min | what of a user's tokens is void |
/// | `storm:user:{id}:rate`, `storm:rate:<address>`, `storm:login:<hash>` | sorted set | the window | rate limits |
/// | `storm:ticket:<hash>` | string | 30 s | a WebSocket ticket |
/// | `storm:presence:connections` | sorted set | 90 s each | connections of all users by expiry, ms |
/// | `storm:presence:{id}`, `storm:presence:expiry` | sorted sets | 90 s | sessions of a user by expiry; users by next
/// expiry |
public final class Keys {
    /// Topic: number of a partition that has work.
    public static final String WAKE = "storm:wake";

    /// Topic: a channel, its members or their state changed.
    public static final String MEMBERSHIP = "storm:membership";

    /// Topic: tokens were revoked.
    public static final String SESSIONS = "storm:sessions";

    /// Topic: somebody came or went.
    public static final String PRESENCE = "storm:presence";

    /// Topic: sealed events for the connections of one user.
    public static final String USERS = "storm:users";

    /// List: questions for a worker.
    public static final String QUERIES = "storm:queries";

    /// Sorted set: live workers by expiry.
    public static final String WORKERS = "storm:workers";

    /// Hash: how far the messages have come under the current storage key.
    public static final String ROTATION = "storm:rotation";

    /// String: changes when Redis lost its data.
    public static final String EPOCH = "storm:epoch";

    /// Sorted set: users by the next expiry of a session.
    public static final String PRESENCE_EXPIRY = "storm:presence:expiry";

    /// Sorted set: connections of all users by expiry.
    public static final String PRESENCE_CONNECTIONS = "storm:presence:connections";

    private Keys() {}

    public static String queue(int partition) {
        return "storm:q:{" + partition + "}";
    }

    public static String seen(int partition, String jobId) {
        return queue(partition) + ":seen:" + jobId;
    }

    public static String seen(int partition, MessageId messageId) {
        return seen(partition, messageId.value());
    }

    public static String lease(int partition) {
        return queue(partition) + ":lease";
    }

    public static String fence(int partition) {
        return queue(partition) + ":fence";
    }

    public static String delayed(int partition) {
        return queue(partition) + ":delayed";
    }

    public static String dead(int partition) {
        return queue(partition) + ":dead";
    }

    public static String deadIndex(int partition) {
        return queue(partition) + ":dead:index";
    }

    public static String stats(int partition, long epochMinute) {
        return queue(partition) + ":stats:" + epochMinute;
    }

    /// Topic of a channel's events.
    public static String channel(ChannelId channel) {
        return "storm:ch:{" + channel.value() + "}";
    }

    /// Stream of a channel's events.
    public static String events(ChannelId channel) {
        return channel(channel) + ":events";
    }

    /// Topic of the answers for one process.
    public static String reply(String instance) {
        return "storm:reply:" + instance;
    }

    public static String task(String name) {
        return "storm:task:" + name;
    }

    public static String revoked(UserId user) {
        return "storm:user:{" + user.value() + "}:revoked";
    }

    public static String userRate(UserId user) {
        return "storm:user:{" + user.value() + "}:rate";
    }

    public static String addressRate(String address) {
        return "storm:rate:{" + address + "}";
    }

    public static String login(String emailHash) {
        return "storm:login:{" + emailHash + "}";
    }

    public static String ticket(String ticketHash) {
        return "storm:ticket:" + ticketHash;
    }

    public static String presence(UserId user) {
        return "storm:presence:{" + user.value() + "}";
    }

    /// A session's member in [#presence].
    public static String presenceMember(SessionId session) {
        return session.value();
    }
}
