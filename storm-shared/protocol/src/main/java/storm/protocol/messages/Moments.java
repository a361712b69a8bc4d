package storm.protocol.messages;

import java.time.Instant;

/// Which moments Storm takes from outside: Java knows years that neither database nor clients can hold.
public final class Moments {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");

    private Moments() {}

    /// Whether its year has up to four digits.
    public static boolean isStorable(Instant moment) {
        return !moment.isBefore(FIRST) && moment.isBefore(AFTER_LAST);
    }
}
