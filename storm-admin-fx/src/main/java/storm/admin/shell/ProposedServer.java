package storm.admin.shell;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import storm.admin.signin.SignInViewModel;
import storm.admin.ui.Remembered;

/// What is remembered, but for the server to sign in to: `STORM_URL` goes before the one that was used last, and where
/// neither is there, `STORM_LOCAL_URL` is proposed, the Storm that `./storm up` would start.
final class ProposedServer implements Remembered {
    private final Remembered remembered;
    private final Function<String, @Nullable String> environment;

    ProposedServer(Remembered remembered, Function<String, @Nullable String> environment) {
        this.remembered = remembered;
        this.environment = environment;
    }

    @Override
    public Optional<String> get(String key) {
        if (!key.equals(SignInViewModel.URL)) {
            return remembered.get(key);
        }
        return set("STORM_URL").or(() -> remembered.get(key)).or(() -> set("STORM_LOCAL_URL"));
    }

    private Optional<String> set(String variable) {
        return Optional.ofNullable(environment.apply(variable)).filter(value -> !value.isBlank());
    }

    @Override
    public void put(String key, String value) {
        remembered.put(key, value);
    }
}
