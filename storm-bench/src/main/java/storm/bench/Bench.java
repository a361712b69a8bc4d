package storm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import storm.bench.gateway.GatewayBench;
import storm.bench.worker.WorkerBench;
import storm.bench.worker.chaos.Chaos;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.json.Json;

/// The benchmark's entry point: the first argument chooses a scenario. Exit status 0 if everything acked arrived, 1 if
/// not, 2 for bad arguments.
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) throws InterruptedException {
        return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "gateway" -> gateway(arguments.subList(1, arguments.size()));
            case "worker" -> report(WorkerBench::run, arguments.subList(1, arguments.size()));
            case "chaos" -> report(Chaos::run, arguments.subList(1, arguments.size()));
            default -> oneChannel(arguments);
        };
    }

    /// What makes a report, unless only help was asked for.
    @FunctionalInterface
    private interface Scenario {
        Optional<Report> run(List<String> arguments, Consumer<String> progress) throws InterruptedException;
    }

    private static int report(Scenario scenario, List<String> arguments) throws InterruptedException {
        try {
            Optional<Report> report = scenario.run(arguments, System.err::println);
            report.ifPresent(made -> made.table().forEach(System.out::println));
            return report.isEmpty() || report.get().isSound() ? 0 : 1;
        } catch (StormException e) {
            System.err.println(e.detail());
            return e.code() == ErrorCode.VALIDATION_ERROR ? 2 : 1;
        }
    }

    private static int oneChannel(List<String> arguments) throws InterruptedException {
        BenchOptions options;
        try {
            options = BenchOptions.parse(arguments, System.getenv());
        } catch (StormException e) {
            System.err.println(e.detail());
            return 2;
        }
        if (options.help()) {
            System.out.println(BenchOptions.USAGE);
            return 0;
        }
        try {
            Result result = new OneChannel(options, System.err::println).run();
            result.table().forEach(System.out::println);
            if (options.json().isPresent()) {
                Files.writeString(options.json().get(), Json.write(result));
            }
            return result.isSound() ? 0 : 1;
        } catch (StormException e) {
            System.err.println(e.detail());
            return 1;
        } catch (IOException e) {
            System.err.println("cannot write the result: " + e.getMessage());
            return 1;
        }
    }

    private static int gateway(List<String> arguments) throws InterruptedException {
        try {
            GatewayBench.run(arguments, System.getenv(), System.err::println).forEach(System.out::println);
            return 0;
        } catch (StormException e) {
            System.err.println(e.detail());
            return e.code() == ErrorCode.VALIDATION_ERROR ? 2 : 1;
        } catch (IllegalStateException | IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
