package storm.bench.worker;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import storm.bench.Figure;

/// Who used the processors while messages passed.
record ProcessorTime(Map<String, Duration> spent) {
    /// Until now.
    static ProcessorTime now(Stage stage, WorkerServer worker) {
        Map<String, Duration> spent = new LinkedHashMap<>();
        spent.put("worker", worker.cpu());
        stage.database().ifPresent(database -> spent.put("database", database.cpu()));
        ProcessHandle.of(stage.redisServer.pid())
                .flatMap(redis -> redis.info().totalCpuDuration())
                .ifPresent(time -> spent.put("Redis", time));
        ProcessHandle.current().info().totalCpuDuration().ifPresent(time -> spent.put("load", time));
        return new ProcessorTime(spent);
    }

    /// For each of so many messages, since `before`.
    List<Figure> perMessage(String what, ProcessorTime before, long messages) {
        return spent.entrySet().stream()
                .map(each -> Figure.of(
                        what + ", processor time: " + each.getKey(),
                        each.getValue()
                                        .minus(before.spent.getOrDefault(each.getKey(), Duration.ZERO))
                                        .toNanos()
                                / 1e3
                                / Math.max(1, messages),
                        "µs/msg"))
                .toList();
    }
}
