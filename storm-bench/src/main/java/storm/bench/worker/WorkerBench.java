package storm.bench.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.HdrHistogram.Histogram;
import storm.bench.Figure;
import storm.bench.Report;
import storm.core.queue.EnqueueResult;
import storm.core.queue.Job;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.json.Json;

/// Measures the queue and the worker behind it.
public final class WorkerBench {
    private static final int LONE_PER_SECOND = 50;
    /// Of the warm-up's last quarter.
    private static final int TRICKLE_PER_SECOND = 1000;

    private static final int IN_FLIGHT = 10_000;
    private static final int PATIENCE_SECONDS = 180;
    private static final double PUBLISHED_GOAL = 8000;
    private static final double ENQUEUED_GOAL = 15_000;
    private static final double P50_GOAL_MS = 5;
    private static final double P99_GOAL_MS = 25;
    private static final double MICROS = 1000.0;

    private final WorkerBenchOptions options;
    private final Consumer<String> progress;
    private final Clock clock = Clock.systemUTC();
    private final String text;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private long sent;
    private double steadyRate;
    private double enqueueRate;

    private WorkerBench(WorkerBenchOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        this.text = "x".repeat(options.textLength());
    }

    /// Runs the benchmark; empty if only help was asked for, which is printed.
    ///
    /// @throws StormException for bad arguments, or if something does not start
    public static Optional<Report> run(List<String> arguments, Consumer<String> progress) throws InterruptedException {
        WorkerBenchOptions options = WorkerBenchOptions.parse(arguments);
        if (options.help()) {
            System.out.println(WorkerBenchOptions.USAGE);
            return Optional.empty();
        }
        Report report = new WorkerBench(options, progress).run();
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
        try (Stage stage = new Stage(options.stage(), clock)) {
            WorkerServer worker = stage.worker("worker");
            environment.putAll(stage.versions());
            environment.put(
                    "store",
                    stage.database().isEmpty()
                            ? "MongoDB given"
                            : "embedded, " + options.stage().mongo());
            environment.put("worker", "as shipped, -Xmx" + options.stage().heap());
            environment.put("warm-up", options.warmUp() + " s");
            environment.put(
                    "load",
                    "%d channels, texts of %d characters"
                            .formatted(options.stage().channels(), options.textLength()));
            progress.accept("starting the worker");
            worker.start();
            try (Arrivals arrivals = new Arrivals(stage)) {
                warmUp(stage, arrivals);
                lone(stage, arrivals);
                steady(stage, worker, arrivals);
                backlog(stage, worker, arrivals);
                long delivered = awaitDelivered(stage);
                if (delivered != sent) {
                    faults.add("%d were taken, %d are stored as delivered".formatted(sent, delivered));
                }
                if (arrivals.disordered() > 0) {
                    faults.add(arrivals.disordered() + " events came twice or out of order");
                }
            }
            worker.stop();
            bare(stage);
        }
        return new Report("worker", environment, figures, faults);
    }

    /// What the stores take of the same by themselves, nobody else at work: nothing above them can be faster.
    private void bare(Stage stage) throws InterruptedException {
        progress.accept("Redis by itself");
        double calls = new BareRedis(stage.redis, options.textLength(), options.producers(), options.seconds())
                .callsPerSecond();
        figures.add(Figure.of("Redis alone, a bare XADD of a job's size", calls, "calls/s"));
        figures.add(Figure.of("enqueue calls, share of that", 100 * enqueueRate / calls, "%"));
        progress.accept("the database by itself");
        double rows = new BareStore(stage.otherMessages(), stage.channels, options.textLength()).rowsPerSecond();
        figures.add(Figure.of("database alone, insert and mark in bulks of 200", rows, "msg/s"));
        figures.add(Figure.of("steady stream, share of that", 100 * steadyRate / rows, "%"));
    }

    /// A server runs for weeks: what is wanted is how it does once its JVM has compiled what is hot, in batches of all
    /// sizes.
    private void warmUp(Stage stage, Arrivals arrivals) throws InterruptedException {
        progress.accept("warming up for %d s".formatted(options.warmUp()));
        arrivals.reset();
        int trickle = options.warmUp() / 4;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.warmUp() - trickle);
        long count = produce(stage, arrivals, _ -> System.nanoTime() < end, true);
        heardAll(arrivals, count, "the warm-up");
        count += trickle(stage, arrivals, TRICKLE_PER_SECOND, trickle);
        heardAll(arrivals, count, "the warm-up");
    }

    /// One message at a time, evenly spread.
    private long trickle(Stage stage, Arrivals arrivals, int perSecond, int seconds) {
        long pause = TimeUnit.SECONDS.toNanos(1) / perSecond;
        int count = seconds * perSecond;
        long next = System.nanoTime();
        for (int i = 0; i < count; i++) {
            enqueue(stage, arrivals, stage.channels.get(i % stage.channels.size()));
            next += pause;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        sent += count;
        return count;
    }

    private void lone(Stage stage, Arrivals arrivals) throws InterruptedException {
        progress.accept("a lone message, " + LONE_PER_SECOND + " a second");
        arrivals.reset();
        long count = trickle(stage, arrivals, LONE_PER_SECOND, options.seconds());
        heardAll(arrivals, count, "lone messages");
        Histogram micros = arrivals.latencies();
        figures.add(Figure.below("lone message, enqueue to published, p50", ms(micros, 50), "ms", P50_GOAL_MS));
        figures.add(Figure.below("lone message, enqueue to published, p99", ms(micros, 99), "ms", P99_GOAL_MS));
        figures.add(Figure.of("lone message, enqueue to published, max", ms(micros, 100), "ms"));
    }

    /// As fast as it goes, with no more than so many in the queue.
    private void steady(Stage stage, WorkerServer worker, Arrivals arrivals) throws InterruptedException {
        progress.accept("a steady stream");
        arrivals.reset();
        ProcessorTime before = ProcessorTime.now(stage, worker);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.seconds());
        long count = produce(stage, arrivals, _ -> System.nanoTime() < end, true);
        heardAll(arrivals, count, "the steady stream");
        ProcessorTime after = ProcessorTime.now(stage, worker);
        steadyRate = count / arrivals.seconds();
        figures.add(Figure.atLeast("steady stream, enqueued to published", steadyRate, "msg/s", PUBLISHED_GOAL));
        figures.add(Figure.of("steady stream, enqueue to published, p99", ms(arrivals.latencies(), 99), "ms"));
        figures.addAll(after.perMessage("steady stream", before, count));
    }

    /// The worker is away while the backlog grows: asleep, past its leases, or a fresh one is started then. What it
    /// takes begins with the first that it publishes.
    private void backlog(Stage stage, WorkerServer worker, Arrivals arrivals) throws InterruptedException {
        progress.accept("a backlog of " + options.backlog());
        if (options.fresh()) {
            worker.stop();
        } else {
            worker.pause();
        }
        arrivals.reset();
        long begin = System.nanoTime();
        long count = produce(stage, arrivals, taken -> taken < options.backlog(), false);
        enqueueRate = count / ((System.nanoTime() - begin) / 1e9);
        figures.add(Figure.atLeast(
                "enqueue calls, worker away, %d connections".formatted(options.producers()),
                enqueueRate,
                "calls/s",
                ENQUEUED_GOAL));
        long back = System.nanoTime();
        if (options.fresh()) {
            worker.start();
        } else {
            worker.resume();
        }
        heardAll(arrivals, 1, "the backlog");
        figures.add(Figure.of("backlog, until its first message is out", (System.nanoTime() - back) / 1e6, "ms"));
        ProcessorTime before = ProcessorTime.now(stage, worker);
        heardAll(arrivals, count, "the backlog");
        ProcessorTime after = ProcessorTime.now(stage, worker);
        figures.add(Figure.atLeast(
                "backlog of %,d drained by %s".formatted(count, options.fresh() ? "a fresh worker" : "the worker"),
                count / arrivals.seconds(),
                "msg/s",
                PUBLISHED_GOAL));
        figures.addAll(after.perMessage("backlog", before, count));
    }

    /// Enqueues with all producers, each in channels of its own.
    private long produce(Stage stage, Arrivals arrivals, LongPredicate more, boolean inStep)
            throws InterruptedException {
        AtomicLong taken = new AtomicLong();
        AtomicLong failures = new AtomicLong();
        int producers = Math.min(options.producers(), stage.channels.size());
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int own = p;
            threads.add(Thread.ofPlatform().name("producer-" + p).start(() -> {
                try {
                    for (int i = own; more.test(taken.get()); i += producers) {
                        if (i >= stage.channels.size()) {
                            i = own;
                        }
                        if (inStep && taken.get() - arrivals.count() > IN_FLIGHT) {
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                            continue;
                        }
                        enqueue(stage, arrivals, stage.channels.get(i));
                        taken.incrementAndGet();
                    }
                } catch (StormException e) {
                    System.err.println("enqueueing failed: " + e.detail());
                    failures.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failures.get() > 0) {
            faults.add("a producer was refused");
        }
        sent += taken.get();
        return taken.get();
    }

    private void enqueue(Stage stage, Arrivals arrivals, ChannelId channel) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        MessageId id = new MessageId(UUID.randomUUID().toString());
        arrivals.begin(channel);
        EnqueueResult result =
                stage.queue.enqueue(new Job.SendMessage(id, channel, stage.sender, text, now, now, "bench"));
        if (!(result instanceof EnqueueResult.Queued)) {
            throw new StormException(ErrorCode.SERVICE_UNAVAILABLE, "the queue answered " + result);
        }
    }

    private void heardAll(Arrivals arrivals, long count, String what) throws InterruptedException {
        if (!arrivals.await(count, PATIENCE_SECONDS)) {
            faults.add("of %s, %d of %d were published in %d s"
                    .formatted(what, arrivals.count(), count, PATIENCE_SECONDS));
        }
    }

    /// Published comes before marked as delivered: the last batch may still be at it.
    private long awaitDelivered(Stage stage) throws InterruptedException {
        long delivered = stage.delivered();
        for (int i = 0; i < 50 && delivered < sent; i++) {
            Thread.sleep(100);
            delivered = stage.delivered();
        }
        return delivered;
    }

    private static double ms(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS;
    }
}
