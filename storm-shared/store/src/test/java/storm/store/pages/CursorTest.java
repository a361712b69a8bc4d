package storm.store.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

class CursorTest {
    @Test
    void cursorComesBackAsItWas() {
        Cursor cursor = new Cursor(Instant.parse("2026-03-01T12:00:00.123Z"), new ObjectId());

        assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "!!", "AAAA", "null", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "Ä"})
    void anythingElseIsMalformed(String text) {
        assertThatExceptionOfType(StormException.class)
                .isThrownBy(() -> Cursor.decode(text))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_ERROR))
                .satisfies(e -> assertThat(e.details()).containsKey("cursor"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void pageHasFromOneToAHundredRows(int limit) {
        assertThatExceptionOfType(StormException.class).isThrownBy(() -> PageRequest.first(limit));
    }
}
