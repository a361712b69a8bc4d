package storm.admin.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/// Times as people read them: in their zone and language, with the exact value for a tooltip.
public final class Times {
    private final DateTimeFormatter shown;
    private final DateTimeFormatter clock;
    private final Texts texts;

    public Times(Texts texts, Locale locale, ZoneId zone) {
        this.texts = texts;
        this.shown = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale)
                .withZone(zone);
        this.clock = DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM)
                .withLocale(locale)
                .withZone(zone);
    }

    /// The time of day.
    public String clock(Instant time) {
        return clock.format(time);
    }

    public String show(Instant time) {
        return shown.format(time);
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
