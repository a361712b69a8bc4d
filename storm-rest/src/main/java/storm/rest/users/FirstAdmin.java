package storm.rest.users;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import storm.core.config.BadSettingException;
import storm.core.config.Settings;
import storm.protocol.auth.Passwords;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.users.Role;
import storm.rest.auth.AuthService;
import storm.rest.auth.PasswordHashes;
import storm.store.users.NewAccount;
import storm.store.users.UserStore;

/// The admin that STORM_ADMIN_EMAIL and STORM_ADMIN_PASSWORD make while there is none.
@Singleton
public class FirstAdmin {
    private static final System.Logger LOG = System.getLogger(FirstAdmin.class.getName());
    private static final String EMAIL = "storm.admin.email";
    private static final String PASSWORD = "storm.admin.password";
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private final UserStore users;
    private final PasswordHashes hashes;
    private final @Nullable String email;
    private final @Nullable String password;

    @Inject
    public FirstAdmin(UserStore users, PasswordHashes hashes, Settings settings) {
        this.users = users;
        this.hashes = hashes;
        this.email = settings.find(EMAIL).map(AuthService::lowerCase).orElse(null);
        this.password = settings.find(PASSWORD).orElse(null);
        if (email != null && !ADDRESS.matcher(email).matches()) {
            throw new BadSettingException(EMAIL, "must be an e-mail address", "admin@example.org");
        }
        if (password != null && !password.matches(Passwords.PATTERN)) {
            throw new BadSettingException(PASSWORD, Passwords.MESSAGE, "<a password of your own>");
        }
        if (email != null && password == null) {
            throw new BadSettingException(PASSWORD, "is missing beside the e-mail", "<a password of your own>");
        }
    }

    /// Makes the admin if there is none; of several servers that start at once one does.
    public void ensure() {
        if (email == null || password == null || users.hasActiveAdmin()) {
            return;
        }
        try {
            users.insert(new NewAccount("admin", email, hashes.hash(password), Role.ADMIN));
            LOG.log(Level.INFO, "the first admin was made");
        } catch (StormException e) {
            if (e.code() != ErrorCode.CONFLICT) {
                throw e;
            }
            LOG.log(
                    users.hasActiveAdmin() ? Level.INFO : Level.WARNING,
                    "the first admin was not made: username or e-mail belongs to somebody");
        }
    }
}
