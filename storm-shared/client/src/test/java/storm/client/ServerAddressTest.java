package storm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import storm.client.http.ServerAddress;
import storm.protocol.errors.StormException;

class ServerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://storm.example.org, https://storm.example.org, wss://storm.example.org/ws",
        "https://storm.example.org/, https://storm.example.org, wss://storm.example.org/ws",
        "https://storm.example.org/api/v1, https://storm.example.org, wss://storm.example.org/ws",
        "http://127.0.0.1:9080/api/v1/, http://127.0.0.1:9080, ws://127.0.0.1:9080/ws",
        "https://example.org/storm, https://example.org/storm, wss://example.org/storm/ws",
        "storm.example.org, https://storm.example.org, wss://storm.example.org/ws",
        "localhost:9080, http://localhost:9080, ws://localhost:9080/ws",
        "HTTPS://storm.example.org:9443, https://storm.example.org:9443, wss://storm.example.org:9443/ws"
    })
    void addressIsUnderstoodAsPeopleTypeIt(String typed, String rest, String socket) {
        ServerAddress address = ServerAddress.of(typed);

        assertThat(address.rest()).hasToString(rest);
        assertThat(address.socket()).hasToString(socket);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "ftp://example.org", "https://", "https://user:pw@example.org", "http://a b"})
    void nonsenseIsRefused(String typed) {
        assertThatThrownBy(() -> ServerAddress.of(typed)).isInstanceOf(StormException.class);
    }

    @Test
    void separateServersHaveAnAddressEach() {
        ServerAddress address = ServerAddress.of("http://127.0.0.1:9080", "ws://127.0.0.1:9081/ws");

        assertThat(address.rest()).hasToString("http://127.0.0.1:9080");
        assertThat(address.socket()).hasToString("ws://127.0.0.1:9081/ws");
    }
}
