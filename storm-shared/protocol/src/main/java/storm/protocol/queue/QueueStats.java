package storm.protocol.queue;

/// Answer of GET /queue/stats.
///
/// @param waiting jobs not yet given to a worker
/// @param active jobs a worker holds
/// @param delayed jobs waiting for their next attempt
/// @param dead dead letters
/// @param processedPerMinute jobs done in the last full minute
/// @param failedPerMinute jobs given up in the last full minute
/// @param oldestWaitingMs age of the oldest waiting job, in milliseconds; 0 if none waits
/// @param liveWorkers workers with a live heartbeat
/// @param connections open WebSocket connections over all gateways; those of a gateway that died count for up to 90 s
public record QueueStats(
        long waiting,
        long active,
        long delayed,
        long dead,
        long processedPerMinute,
        long failedPerMinute,
        long oldestWaitingMs,
        long liveWorkers,
        long connections) {}
