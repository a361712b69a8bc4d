package storm.admin.ui;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.PauseTransition;
import javafx.animation.Timeline;
import javafx.application.Platform;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// Work on virtual threads, a few calls at a time, with results on the JavaFX thread.
public final class FxWork implements Work {
    private static final System.Logger LOG = System.getLogger(FxWork.class.getName());
    private static final int AT_ONCE = 6;

    private final Semaphore free = new Semaphore(AT_ONCE);

    @Override
    public <T> void run(Callable<T> call, Consumer<? super T> done, Consumer<? super StormException> failed) {
        Thread.ofVirtual().name("storm-console-call").start(() -> {
            try {
                free.acquire();
                try {
                    T result = call.call();
                    Platform.runLater(() -> done.accept(result));
                } finally {
                    free.release();
                }
            } catch (StormException e) {
                Platform.runLater(() -> failed.accept(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.ERROR, "a call failed unexpectedly", e);
                StormException told = new StormException(ErrorCode.INTERNAL_ERROR, "unexpected failure", e);
                Platform.runLater(() -> failed.accept(told));
            }
        });
    }

    @Override
    public Repeated every(Duration interval, Runnable tick) {
        Timeline timeline =
                new Timeline(new KeyFrame(javafx.util.Duration.millis(interval.toMillis()), _ -> tick.run()));
        timeline.setCycleCount(Animation.INDEFINITE);
        timeline.play();
        return timeline::stop;
    }

    @Override
    public void later(Duration wait, Runnable action) {
        PauseTransition pause = new PauseTransition(javafx.util.Duration.millis(wait.toMillis()));
        pause.setOnFinished(_ -> action.run());
        pause.play();
    }
}
