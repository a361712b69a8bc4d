package storm.client.chat;

import java.util.Optional;
import storm.client.StormClient;

/// Signs a person in, or registers one, asking for what was not given.
final class SignIn {
    private final Screen screen;
    private final ChatOptions options;

    SignIn(Screen screen, ChatOptions options) {
        this.screen = screen;
        this.options = options;
    }

    /// Says no if the input ended first.
    boolean signIn(StormClient client) {
        boolean register = options.register();
        Optional<String> email = options.email();
        if (email.isEmpty() && !register) {
            screen.print("Sign in to " + client.address().rest() + ", or press Enter to make an account.");
            email = screen.readLine("E-mail: ");
            if (email.isEmpty()) {
                return false;
            }
            register = email.get().isBlank();
        }
        if (email.filter(given -> !given.isBlank()).isEmpty()) {
            email = screen.readLine("E-mail: ");
        }
        Optional<String> username =
                register ? options.username().or(() -> screen.readLine("Username: ")) : Optional.of("");
        Optional<String> password = options.password().or(() -> screen.readHidden("Password: "));
        if (email.isEmpty() || username.isEmpty() || password.isEmpty()) {
            return false;
        }
        if (register) {
            client.auth().register(username.get().strip(), email.get().strip(), password.get());
        } else {
            client.auth().login(email.get().strip(), password.get());
        }
        return true;
    }
}
