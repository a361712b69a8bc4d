package storm.admin.ui;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import storm.client.StormClient;
import storm.client.http.ServerAddress;
import storm.protocol.users.User;

/// A signed-in console without a window.
public final class TestConsole {
    private TestConsole() {}

    /// What the person was told.
    public record Told(List<String> said, List<String> complaints) {
        public Told() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /// A memory that forgets with the test.
    public static Remembered memory() {
        Map<String, String> kept = new HashMap<>();
        return new Remembered() {
            @Override
            public Optional<String> get(String key) {
                return Optional.ofNullable(kept.get(key));
            }

            @Override
            public void put(String key, String value) {
                kept.put(key, value);
            }
        };
    }

    public static Console signedIn(String url, Told told) {
        StormClient client = StormClient.of(ServerAddress.of(url));
        client.auth().login("admin@example.org", "Right-password-1");
        User me = client.users().me();
        Texts texts = new Texts(Locale.ENGLISH);
        Work work = new DirectWork();
        return new Console(
                client,
                me,
                work,
                texts,
                new Times(texts, Clock.systemUTC()),
                Clock.system(ZoneOffset.UTC),
                new Names(work, texts, client),
                memory(),
                told.said()::add,
                told.complaints()::add);
    }
}
