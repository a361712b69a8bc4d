package storm.ws.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "ümläut", "€ 5", "😀😀", "a\u0000b", "日本語"})
    void bytesAreThoseOfUtf8(String text) {
        assertThat(Frame.of(text).bytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }
}
