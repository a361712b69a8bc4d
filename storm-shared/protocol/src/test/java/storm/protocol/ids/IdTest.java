package storm.protocol.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import storm.protocol.errors.StormException;

class IdTest {
    @Test
    void anIdIsKeptInLowerCase() {
        assertThat(new MessageId("0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9").value())
                .isEqualTo("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9");
        assertThat(new ChannelId("0123456789ABCDEFabcdef01").value()).isEqualTo("0123456789abcdefabcdef01");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f",
                "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f90",
                "0a1b2c3d4e5f-60718-8293-a4b5c6d7e8f9",
                "0a1b2c3d04e5f060710829304b5c6d7e8f90",
                "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8fg",
                "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f/",
                "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f:",
                "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f`",
                "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f\u0661",
                "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
                "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9\n"
            })
    void whatIsNoUuidIsNoMessageId(String value) {
        assertThatThrownBy(() -> new MessageId(value))
                .isInstanceOfSatisfying(
                        StormException.class,
                        e -> assertThat(e.details()).containsEntry("messageId", "must be a UUID"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "0123456789abcdef0123456",
                "0123456789abcdef012345678",
                "0123456789abcdef0123456g",
                "0123456789abcdef0123-567"
            })
    void whatIsNoObjectIdIsNoChannelId(String value) {
        assertThatThrownBy(() -> new ChannelId(value))
                .isInstanceOfSatisfying(
                        StormException.class,
                        e -> assertThat(e.details()).containsEntry("channelId", "must be 24 hex digits"));
    }
}
