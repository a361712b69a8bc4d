package storm.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import storm.core.config.BadSettingException;
import storm.core.config.Settings;

class ClientAddressTest {
    private final ClientAddress behindProxies = behind("10.0.0.0/8, ::1, 192.168.1.7");

    private static ClientAddress behind(String proxies) {
        return ClientAddress.from(Settings.of(Map.of("storm.trusted.proxies", proxies)));
    }

    @Test
    void strangersAreNotBelieved() {
        assertThat(behindProxies.of("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
        assertThat(new ClientAddress(List.of()).of("10.0.0.1", List.of("198.51.100.1")))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void proxiesTellWhomTheyServe() {
        assertThat(behindProxies.of("10.1.2.3", List.of("198.51.100.1"))).isEqualTo("198.51.100.1");
        assertThat(behindProxies.of("::1", List.of("2001:db8::5"))).isEqualTo("2001:db8::5");
        assertThat(behindProxies.of("10.1.2.3", List.of())).isEqualTo("10.1.2.3");
    }

    @Test
    void whatTheClientWroteItselfStandsFurtherLeftAndIsPassedOver() {
        assertThat(behindProxies.of("10.1.2.3", List.of("1.1.1.1, 198.51.100.1, 10.9.9.9")))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void proxysOwnHeaderBesideTheClientsCounts() {
        assertThat(behindProxies.of("10.1.2.3", List.of("1.1.1.1", "198.51.100.1")))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void chainOfProxiesAloneEndsAtTheFarthest() {
        assertThat(behindProxies.of("10.1.2.3", List.of("10.0.0.7, 192.168.1.7")))
                .isEqualTo("10.0.0.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "beef", "localhost", "1.2.3", "16909060", "1.2.3.999", "1.2.3.4:80", "::g"})
    void whatIsNoAddressEndsTheSearch(String hop) {
        assertThat(behindProxies.of("10.1.2.3", List.of(hop))).isEqualTo("10.1.2.3");
        assertThat(behindProxies.of("10.1.2.3", List.of(hop + ", 10.4.4.4"))).isEqualTo("10.4.4.4");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.168.1.128/25, 192.168.1.200, true",
        "192.168.1.128/25, 192.168.1.127, false",
        "10.0.0.0/30, 10.0.0.3, true",
        "10.0.0.0/30, 10.0.0.4, false",
        "0.0.0.0/0, 203.0.113.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "10.0.0.1, ::ffff:10.0.0.1, true",
        "[::1], 0:0:0:0:0:0:0:1, true",
        "10.0.0.1/32, 10.0.0.2, false",
    })
    void rangesHoldTheirAddresses(String range, String address, boolean held) {
        assertThat(AddressRange.of(range).contains(address)).isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0/8", "::1/129"})
    void wrongRangeNamesTheSetting(String range) {
        assertThatThrownBy(() -> behind(range))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("STORM_TRUSTED_PROXIES")
                .hasMessageContaining("10.0.0.0/8");
    }
}
