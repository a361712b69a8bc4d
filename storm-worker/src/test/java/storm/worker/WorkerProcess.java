package storm.worker;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import storm.core.channelevents.ChannelEvents;
import storm.core.channelevents.ChannelPublisher;
import storm.core.config.QueueConfig;
import storm.protocol.events.ServerEvent;
import storm.store.messages.MessageStore;

/// A worker in a process of its own, which can be killed, stopped and continued, or dies at a fail point.
final class WorkerProcess implements AutoCloseable {
    private static final String FAIL_POINT = "test.fail.point";
    private static final String FAIL_AT = "test.fail.at";
    private static final int KILLED = 137;

    private final Process process;

    private WorkerProcess(Process process) {
        this.process = process;
    }

    /// Starts a worker that lives on.
    static WorkerProcess start(Map<String, String> settings) throws IOException {
        return start(settings, FailPoint.NONE, 0);
    }

    /// Starts a worker that dies when it passes the fail point for the n-th time.
    static WorkerProcess start(Map<String, String> settings, FailPoint point, int at) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        Map<String, String> properties = new HashMap<>(settings);
        properties.put(FAIL_POINT, point.name());
        properties.put(FAIL_AT, String.valueOf(at));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(WorkerProcess.class.getName());
        return new WorkerProcess(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(File.createTempFile("storm-worker-", ".log"))
                .start());
    }

    /// Whether it dies in time, at its fail point and of nothing else.
    boolean awaitDeath(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == KILLED;
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// SIGSTOP: it sleeps in the middle of whatever it does.
    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /// SIGCONT.
    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, String.valueOf(process.pid())).start().waitFor();
    }

    @Override
    public void close() {
        kill();
    }

    /// The process.
    public static void main(String[] args) throws InterruptedException {
        Map<String, String> settings = new HashMap<>();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("storm."))
                .forEach(name -> settings.put(name, System.getProperty(name)));
        FailPoint point = FailPoint.valueOf(System.getProperty(FAIL_POINT));
        AtomicInteger left = new AtomicInteger(Integer.getInteger(FAIL_AT));
        try (TestInstallation storm = new TestInstallation(settings, QueueConfig.STANDARD)) {
            MessageStore messages = failing(storm.messages, point, left);
            storm.worker(messages, new FailingPublisher(storm, point, left)).start();
            Thread.currentThread().join();
        }
    }

    private static void pass(FailPoint here, FailPoint point, AtomicInteger left) {
        if (here == point && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private static MessageStore failing(MessageStore real, FailPoint point, AtomicInteger left) {
        return FaultyStore.around(real, (method, _, call) -> {
            boolean inserts = method.equals("insert");
            if (inserts) {
                pass(FailPoint.BEFORE_INSERT, point, left);
            }
            Object result = call.go();
            if (inserts) {
                pass(FailPoint.AFTER_INSERT, point, left);
            }
            if (method.equals("delivered")) {
                pass(FailPoint.AFTER_DELIVERED, point, left);
            }
            return result;
        });
    }

    private static final class FailingPublisher extends ChannelPublisher {
        private final FailPoint point;
        private final AtomicInteger left;

        FailingPublisher(TestInstallation storm, FailPoint point, AtomicInteger left) {
            super(storm.redis, new ChannelEvents(storm.redis, storm.transport));
            this.point = point;
            this.left = left;
        }

        @Override
        public List<ServerEvent.ChannelEvent> publish(List<ServerEvent.ChannelEvent> batch) {
            List<ServerEvent.ChannelEvent> late = super.publish(batch);
            pass(FailPoint.AFTER_PUBLISH, point, left);
            return late;
        }
    }
}
