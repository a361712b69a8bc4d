package storm.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storm.core.config.BadSettingException;
import storm.core.config.Settings;

class RestConfigTest {
    @Test
    void withoutSettingsNoOriginMayCallAndNobodyIsBelieved() {
        RestConfig config = RestConfig.from(Settings.of(Map.of()));
        assertThat(config.origins()).isEmpty();
        assertThat(config.addresses().of("10.0.0.1", List.of("1.2.3.4"))).isEqualTo("10.0.0.1");
        assertThat(config.limits().publicCalls().calls()).isEqualTo(100);
        assertThat(config.limits().userCalls().calls()).isEqualTo(1_000);
        assertThat(config.limits().staffCalls().calls()).isEqualTo(10_000);
        assertThat(config.limits().loginFailures().calls()).isEqualTo(10);
    }

    @Test
    void originsAreListedByCommas() {
        assertThat(RestConfig.from(
                                Settings.of(Map.of("storm.cors.origins", "https://a.example, http://localhost:5173 ,")))
                        .origins())
                .containsExactlyInAnyOrder("https://a.example", "http://localhost:5173");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "a.example",
                "https://a.example/",
                "https://a.example/path",
                "ftp://a.example",
                "https://",
                "null",
                "https://a b"
            })
    void whatIsNoOriginNamesTheSetting(String origin) {
        assertThatThrownBy(() -> RestConfig.from(Settings.of(Map.of("storm.cors.origins", origin))))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("STORM_CORS_ORIGINS")
                .hasMessageContaining("https://chat.example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1.5", "99999999999"})
    void aLimitThatIsNoneNamesTheSetting(String limit) {
        assertThatThrownBy(() -> RestConfig.from(Settings.of(Map.of("storm.rate.limit.public", limit))))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("STORM_RATE_LIMIT_PUBLIC");
    }
}
