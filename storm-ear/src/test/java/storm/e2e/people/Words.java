package storm.e2e.people;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The words of one test run that nobody but the people in it may read: each text, password and e-mail address has a
/// mark in it by which it is found wherever it must not be.
public final class Words {
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final AtomicLong NEXT = new AtomicLong();
    private static final Set<String> GIVEN = ConcurrentHashMap.newKeySet();

    /// In every message text.
    public static final String TEXT = "heron" + RUN;
    /// In every password.
    public static final String PASSWORD = "Otter!" + RUN;
    /// In every e-mail address.
    public static final String EMAIL = "wren" + RUN;

    private Words() {}

    /// A text that was never used before.
    public static String text() {
        return "The " + TEXT + " stands in the water, number " + NEXT.incrementAndGet();
    }

    static String password() {
        return PASSWORD + "-" + NEXT.incrementAndGet();
    }

    /// A name that is a word of its own, so that it may go into usernames and channel names.
    public static String name(String kind) {
        return kind + "_" + RUN + "_" + NEXT.incrementAndGet();
    }

    static String email(String username) {
        return username.toLowerCase(java.util.Locale.ROOT) + "@" + EMAIL + ".example";
    }

    /// Remembers a token that the servers gave out. Of a signed one its signature is enough: who has that has all.
    public static void keep(String token) {
        GIVEN.add(token.substring(token.lastIndexOf('.') + 1));
    }

    /// All the marks and tokens: what no log may hold.
    public static List<String> all() {
        List<String> all = new ArrayList<>(GIVEN);
        all.addAll(List.of(TEXT, PASSWORD, EMAIL));
        return all;
    }
}
