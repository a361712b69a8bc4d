package storm.protocol.health;

/// Answer of GET /health, bare.
///
/// @param status `ok` or `down`
/// @param uptime seconds since this server started
/// @param mongo `connected` or `disconnected`, as are the others
/// @param delivery whether a probe message came through queue and pub/sub
public record Health(String status, long uptime, String mongo, String redis, String worker, String delivery) {
    public static final String OK = "ok";
    public static final String DOWN = "down";

    /// The answer for these parts: `ok` if all are connected.
    public static Health of(long uptimeSeconds, boolean mongo, boolean redis, boolean worker, boolean delivery) {
        boolean all = mongo && redis && worker && delivery;
        return new Health(all ? OK : DOWN, uptimeSeconds, word(mongo), word(redis), word(worker), word(delivery));
    }

    private static String word(boolean connected) {
        return connected ? "connected" : "disconnected";
    }
}
