package storm.admin.ui;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import storm.protocol.errors.StormException;

/// Work done at once on the caller's thread, so that view models are tested without a toolkit.
public final class DirectWork implements Work {
    private final List<Runnable> repeated = new ArrayList<>();

    @Override
    public <T> void run(Callable<T> call, Consumer<? super T> done, Consumer<? super StormException> failed) {
        T result;
        try {
            result = call.call();
        } catch (StormException e) {
            failed.accept(e);
            return;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        done.accept(result);
    }

    @Override
    public Repeated every(Duration interval, Runnable tick) {
        repeated.add(tick);
        return () -> repeated.remove(tick);
    }

    @Override
    public void later(Duration wait, Runnable action) {
        action.run();
    }
}
