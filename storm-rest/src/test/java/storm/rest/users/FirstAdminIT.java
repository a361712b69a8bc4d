package storm.rest.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.core.config.BadSettingException;
import storm.core.config.Settings;
import storm.embedded.fixture.TestStores;
import storm.protocol.users.Role;
import storm.rest.auth.PasswordHashes;
import storm.store.MongoConfig;
import storm.store.MongoConnection;
import storm.store.pages.PageRequest;
import storm.store.users.NewAccount;
import storm.store.users.UserFilter;
import storm.store.users.UserStore;

class FirstAdminIT {
    private static final String EMAIL = "storm.admin.email";
    private static final String PASSWORD = "storm.admin.password";
    private static final Map<String, String> GOOD = Map.of(EMAIL, "Root@Storm.Example", PASSWORD, "Correct-horse-7");

    private final PasswordHashes hashes = new PasswordHashes();
    private final TestStores stores = TestStores.shared();
    private final MongoConnection connection =
            new MongoConnection(MongoConfig.of(stores.mongoUri(stores.freshDatabase())));
    private final MongoClient client = connection.client();
    private final MongoDatabase database = connection.database(client);
    private final UserStore users = UserStore.in(database, Clock.systemUTC());

    @BeforeEach
    void prepare() {
        users.createIndexes();
    }

    @AfterEach
    void leave() {
        database.drop();
        client.close();
    }

    private FirstAdmin admin(Map<String, String> settings) {
        return new FirstAdmin(users, hashes, Settings.of(settings));
    }

    private long admins() {
        return users.list(new UserFilter(null, Role.ADMIN, true), PageRequest.first(10))
                .items()
                .size();
    }

    @Test
    void whereThereIsNoneTheFirstIsMadeOnce() {
        admin(GOOD).ensure();
        admin(GOOD).ensure();
        assertThat(admins()).isEqualTo(1);
        assertThat(users.findByEmail("root@storm.example")).hasValueSatisfying(admin -> {
            assertThat(admin.role()).isEqualTo(Role.ADMIN);
            assertThat(admin.passwordHash()).startsWith("$argon2id$");
        });
    }

    @Test
    void whereThereIsOneNoneIsMade() {
        users.insert(new NewAccount("boss", "boss@x.example", "-", Role.ADMIN));
        admin(GOOD).ensure();
        assertThat(users.findByEmail("root@storm.example")).isEmpty();
    }

    @Test
    void withoutSettingsNoneIsMade() {
        admin(Map.of()).ensure();
        assertThat(admins()).isZero();
    }

    @Test
    void aTakenEmailMakesNobodyAnAdmin() {
        users.insert(new NewAccount("somebody", "root@storm.example", "-", Role.MEMBER));
        admin(GOOD).ensure();
        assertThat(admins()).isZero();
    }

    @Test
    void wrongSettingsAreNamedAndThePasswordIsNotRepeated() {
        assertThatThrownBy(() -> admin(Map.of(EMAIL, "nobody", PASSWORD, "Correct-horse-7")))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("STORM_ADMIN_EMAIL");
        assertThatThrownBy(() -> admin(Map.of(EMAIL, "a@x.example", PASSWORD, "weak-secret")))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("STORM_ADMIN_PASSWORD")
                .hasMessageNotContaining("weak-secret");
        assertThatThrownBy(() -> admin(Map.of(EMAIL, "a@x.example")))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("STORM_ADMIN_PASSWORD is missing");
    }
}
