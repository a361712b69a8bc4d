package storm.admin.ui;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import storm.protocol.errors.StormException;

/// Work away from the user interface's thread, with results back on it.
public interface Work {
    /// Something repeated; closing ends it.
    interface Repeated extends AutoCloseable {
        @Override
        void close();
    }

    /// Makes a call elsewhere and hands on what came of it here.
    <T> void run(Callable<T> call, Consumer<? super T> done, Consumer<? super StormException> failed);

    /// Does something here at every interval, the first time after one.
    Repeated every(Duration interval, Runnable tick);

    /// Does something here once, later.
    void later(Duration wait, Runnable action);
}
