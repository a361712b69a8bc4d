package storm.admin.ui;

import java.time.Clock;
import java.util.function.Consumer;
import storm.client.StormClient;
import storm.protocol.users.User;

/// What every page of a signed-in console works with.
///
/// @param me who is signed in
/// @param names what ids are called
/// @param say tells the person that something was done
/// @param complain tells the person that something went wrong
public record Console(
        StormClient client,
        User me,
        Work work,
        Texts texts,
        Times times,
        Clock clock,
        Names names,
        Remembered remembered,
        Consumer<String> say,
        Consumer<String> complain) {

    /// Does something to the server, then says so and goes on; complains if it fails.
    public <T> void act(java.util.concurrent.Callable<T> call, String done, Runnable next) {
        work.run(
                call,
                _ -> {
                    say.accept(done);
                    next.run();
                },
                e -> complain.accept(texts.failure(e)));
    }
}
