package storm.admin.ui;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/// Times as people read them: in their zone and language, no longer than needed, with the exact value for a tooltip.
public final class Times {
    private final DateTimeFormatter thisYear;
    private final DateTimeFormatter otherYears;
    private final DateTimeFormatter ofDay;
    private final Texts texts;
    private final Clock clock;

    /// @param clock in the person's zone
    public Times(Texts texts, Clock clock) {
        this.texts = texts;
        this.clock = clock;
        this.thisYear = local(DateTimeFormatter.ofLocalizedPattern("MMMdjm"));
        this.otherYears = local(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM));
        this.ofDay = local(DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM));
    }

    private DateTimeFormatter local(DateTimeFormatter formatter) {
        return formatter.withLocale(texts.locale()).withZone(clock.getZone());
    }

    /// The time of day.
    public String clock(Instant time) {
        return ofDay.format(time);
    }

    /// Day and minute, or the day alone if it was in another year.
    public String show(Instant time) {
        boolean now = Year.from(time.atZone(clock.getZone())).equals(Year.now(clock));
        return (now ? thisYear : otherYears).format(time);
    }

    public String exact(Instant time) {
        return time.toString();
    }

    /// Such as `3 min`.
    public String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 60) {
            return texts.get("span.seconds", seconds);
        }
        if (seconds < 3600) {
            return texts.get("span.minutes", seconds / 60);
        }
        return seconds < 86_400 ? texts.get("span.hours", seconds / 3600) : texts.get("span.days", seconds / 86_400);
    }
}
