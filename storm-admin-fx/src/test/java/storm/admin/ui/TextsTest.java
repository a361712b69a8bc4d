package storm.admin.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import org.junit.jupiter.api.Test;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

class TextsTest {
    private final Texts english = new Texts(Locale.ENGLISH);
    private final Texts german = new Texts(Locale.GERMAN);

    private static Set<String> keys(Locale locale) {
        return ResourceBundle.getBundle(
                        "storm.admin.texts",
                        locale,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .keySet();
    }

    @Test
    void everyTextIsThereInBothLanguages() {
        assertThat(keys(Locale.GERMAN)).isEqualTo(keys(Locale.ROOT));
        for (String key : keys(Locale.ROOT)) {
            assertThat(german.get(key)).isNotBlank();
        }
    }

    @Test
    void languageWithoutTextsGetsEnglish() {
        assertThat(new Texts(Locale.JAPANESE).get("overview.title")).isEqualTo("Overview");
        assertThat(german.get("overview.title")).isEqualTo("Übersicht");
    }

    @Test
    void oneAndManyAreSaidDifferently() {
        assertThat(english.get("deadletters.retry.ask", 1)).startsWith("Send the selected message");
        assertThat(english.get("deadletters.retry.ask", 12)).contains("12 selected messages");
    }

    @Test
    void failureIsToldInTheirLanguage() {
        StormException failure = new StormException(ErrorCode.FORBIDDEN, "no permission");

        assertThat(english.failure(failure)).isEqualTo("You may not do this.");
        assertThat(german.failure(failure)).isEqualTo("Das dürfen Sie nicht.");
    }

    @Test
    void invalidFieldIsNamed() {
        assertThat(english.failure(StormException.invalid("name", "must be longer")))
                .contains("must be longer");
    }

    @Test
    void timesAreShownInTheZoneAndExactlyOnDemand() {
        Instant time = Instant.parse("2030-05-17T09:30:00Z");
        Clock clock = Clock.fixed(time.plusSeconds(100), ZoneId.of("Europe/Berlin"));
        Times times = new Times(new Texts(Locale.UK), clock);

        assertThat(times.show(time)).isEqualTo("17 May, 11:30");
        assertThat(times.show(Instant.parse("2029-12-31T23:30:00Z"))).isEqualTo("1 Jan, 00:30");
        assertThat(times.show(Instant.parse("2029-12-31T22:30:00Z"))).isEqualTo("31 Dec 2029");
        assertThat(new Times(german, clock).show(time)).isEqualTo("17. Mai, 11:30");
        assertThat(times.exact(time)).isEqualTo("2030-05-17T09:30:00Z");
        assertThat(times.span(Duration.ofMinutes(90))).isEqualTo("1 h");
        assertThat(times.span(Duration.ofSeconds(-3))).isEqualTo("0 s");
    }
}
