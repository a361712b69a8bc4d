package storm.worker.tasks;

import java.time.Duration;

/// Something to be done again and again by one of the workers. Two at once do no harm.
public interface WorkerTask {
    /// Names it in the log and in its Redis key.
    String name();

    /// Time between the end of one run and the next.
    Duration every();

    /// Does a bounded part of the work: some seconds at most.
    void run();
}
