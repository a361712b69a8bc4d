package storm.worker.tasks;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;
import storm.core.redis.Keys;
import storm.core.redis.RedisFaults;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.worker.partitions.WorkerId;

/// Runs the tasks, each on one of the workers at a time: whoever sets `storm:task:<name>` first.
///
/// The key holds for half a minute while the task runs, so that a worker that dies in it is replaced, and then
/// until the next run is due. One thread, which ends with [#stop].
@Singleton
public class TaskRunner {
    private static final System.Logger LOG = System.getLogger(TaskRunner.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration RUN = Duration.ofSeconds(30);

    private final UnifiedJedis redis;
    private final WorkerId id;
    private final List<WorkerTask> tasks;
    private @Nullable Thread thread;

    @Inject
    public TaskRunner(UnifiedJedis redis, WorkerId id, @Any Instance<WorkerTask> tasks) {
        this(redis, id, tasks.stream().toList());
    }

    public TaskRunner(UnifiedJedis redis, WorkerId id, List<WorkerTask> tasks) {
        this.redis = redis;
        this.id = id;
        this.tasks = List.copyOf(tasks);
    }

    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("worker-tasks").start(this::loop);
        }
    }

    public synchronized void stop(Duration patience) {
        Thread running = thread;
        if (running == null) {
            return;
        }
        thread = null;
        running.interrupt();
        try {
            running.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Runs every task that is due and that no other worker is at.
    public void runDue() {
        for (WorkerTask task : tasks) {
            try {
                if (isOurs(task)) {
                    task.run();
                    RedisFaults.translated(() ->
                            redis.pexpire(Keys.task(task.name()), task.every().toMillis()));
                }
            } catch (RuntimeException e) {
                boolean outage = e instanceof StormException storm && storm.code() == ErrorCode.SERVICE_UNAVAILABLE;
                LOG.log(outage ? Level.DEBUG : Level.WARNING, "task " + task.name() + " failed, it comes again", e);
            }
        }
    }

    private boolean isOurs(WorkerTask task) {
        return RedisFaults.translated(() -> redis.set(
                        Keys.task(task.name()), id.value(), new SetParams().nx().px(RUN.toMillis())))
                != null;
    }

    private void loop() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                runDue();
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            // Stopped.
        }
    }
}
