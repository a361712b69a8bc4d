package storm.bench.worker.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import storm.bench.Figure;
import storm.bench.Report;
import storm.bench.worker.DatabaseServer;
import storm.bench.worker.Stage;
import storm.bench.worker.WorkerServer;
import storm.protocol.errors.StormException;
import storm.protocol.json.Json;

/// Deals blows to workers and stores under load, in rounds, and checks after each that nothing acked was lost.
public final class Chaos {
    private static final Duration SETTLE = Duration.ofMinutes(3);
    private static final Duration PAST_LEASE = Duration.ofSeconds(9);
    private static final Duration AWAY = Duration.ofSeconds(20);
    private static final Duration HANGING = Duration.ofSeconds(5);
    private static final List<Blow> BLOWS = List.of(Blow.values());
    private static final int MOST_BLOWS = 3;
    private static final int LULL_MS = 3000;

    private final ChaosOptions options;
    private final Consumer<String> progress;
    private final Clock clock = Clock.systemUTC();
    private final Random random;
    private final Map<Blow, Integer> dealt = new EnumMap<>(Blow.class);
    private final List<String> faults = new ArrayList<>();
    private int rounds;
    private Duration slowest = Duration.ZERO;

    private Chaos(ChaosOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        this.random = new Random(options.seed());
    }

    /// Runs it; empty if only help was asked for, which is printed.
    ///
    /// @throws StormException for bad arguments, or if something does not start
    public static Optional<Report> run(List<String> arguments, Consumer<String> progress) throws InterruptedException {
        ChaosOptions options = ChaosOptions.parse(arguments);
        if (options.help()) {
            System.out.println(ChaosOptions.USAGE);
            return Optional.empty();
        }
        Report report = new Chaos(options, progress).run();
        options.json().ifPresent(file -> {
            try {
                Files.writeString(file, Json.write(report));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return Optional.of(report);
    }

    private Report run() throws InterruptedException {
        Map<String, String> environment = new LinkedHashMap<>(Report.machine());
        environment.put("seed", String.valueOf(options.seed()));
        long end = System.nanoTime() + Duration.ofMinutes(options.minutes()).toNanos();
        long acked;
        try (Stage stage = new Stage(options.stage(), clock)) {
            environment.putAll(stage.versions());
            List<WorkerServer> workers = List.of(stage.worker("one"), stage.worker("other"));
            progress.accept("seed " + options.seed() + "; starting two workers");
            for (WorkerServer worker : workers) {
                worker.start();
            }
            Ledger ledger = new Ledger(stage);
            Senders senders = new Senders(stage, ledger, clock, options.rate());
            while (faults.isEmpty() && (rounds == 0 || System.nanoTime() < end)) {
                round(stage, workers, ledger, senders);
            }
            acked = senders.acked();
            if (senders.unacked() > 0) {
                faults.add(senders.unacked() + " jobs got no ack in two minutes");
            }
            for (WorkerServer worker : workers) {
                worker.stop();
            }
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("rounds", rounds, ""));
        figures.add(Figure.of("jobs acked and accounted for", acked, ""));
        dealt.forEach((blow, count) -> figures.add(Figure.of(blow.toString(), count, "times")));
        figures.add(Figure.of("longest until all was out after the last blow", slowest.toMillis() / 1000.0, "s"));
        return new Report("chaos", environment, figures, faults);
    }

    private void round(Stage stage, List<WorkerServer> workers, Ledger ledger, Senders senders)
            throws InterruptedException {
        rounds++;
        if (!patiently(() -> {
            ledger.begin();
            return true;
        })) {
            faults.add("round %d: the stores did not come back".formatted(rounds));
            return;
        }
        senders.start();
        int blows = 1 + random.nextInt(MOST_BLOWS);
        for (int i = 0; i < blows; i++) {
            Thread.sleep(random.nextInt(LULL_MS));
            Blow blow = BLOWS.get(random.nextInt(BLOWS.size()));
            progress.accept("round %d: %s".formatted(rounds, blow));
            deal(blow, stage, workers.get(random.nextInt(workers.size())));
            dealt.merge(blow, 1, Integer::sum);
        }
        Thread.sleep(random.nextInt(LULL_MS));
        senders.stop();
        long stopped = System.nanoTime();
        boolean settled = patiently(ledger::isSettled);
        Duration took = Duration.ofNanos(System.nanoTime() - stopped);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        if (!settled) {
            faults.add("round %d: not everything was out in %d s".formatted(rounds, SETTLE.toSeconds()));
        }
        boolean looked = patiently(() -> {
            List<String> found = ledger.faults();
            found.forEach(fault -> faults.add("round " + rounds + ": " + fault));
            return true;
        });
        if (!looked || !patiently(ledger::dropLetters)) {
            faults.add("round %d: its dead letters could not be dropped".formatted(rounds));
        }
        progress.accept("round %d: %s, %d acked so far, all out after %.1f s"
                .formatted(rounds, faults.isEmpty() ? "sound" : "NOT SOUND", senders.acked(), took.toMillis() / 1e3));
    }

    /// Deals the blow and makes good for it; meanwhile the senders go on.
    private static void deal(Blow blow, Stage stage, WorkerServer worker) throws InterruptedException {
        DatabaseServer database = stage.database().orElseThrow();
        switch (blow) {
            case WORKER_KILLED -> {
                worker.kill();
                worker.start();
            }
            case WORKER_STOPPED -> {
                worker.stop();
                worker.start();
            }
            case WORKER_ASLEEP -> {
                worker.pause();
                Thread.sleep(PAST_LEASE);
                worker.resume();
            }
            case REDIS_KILLED -> {
                stage.redisServer.kill();
                stage.redisServer.start();
            }
            case DATABASE_KILLED -> {
                database.kill();
                Thread.sleep(AWAY);
                database.start();
            }
            case DATABASE_HANGING -> {
                database.pause();
                Thread.sleep(HANGING);
                database.resume();
            }
        }
    }

    /// Waits until it is so; whether it was in time. A store that has just come back may refuse at first.
    private static boolean patiently(BooleanSupplier so) throws InterruptedException {
        long end = System.nanoTime() + SETTLE.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (so.getAsBoolean()) {
                    return true;
                }
            } catch (StormException e) {
                // Not back yet.
            }
            Thread.sleep(200);
        }
        return false;
    }
}
