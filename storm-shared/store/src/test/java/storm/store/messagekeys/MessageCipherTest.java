package storm.store.messagekeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import storm.core.config.BadSettingException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.store.messages.EncryptedText;

class MessageCipherTest {
    private static final String K1 = "k1:" + "11".repeat(32);
    private static final String K2 = "k2:" + "22".repeat(32);
    private static final MessageCipher.Place PLACE = place("1");

    private final MessageCipher cipher = new MessageCipher(KeyRing.of(K1));

    @Test
    void textComesBack() {
        EncryptedText encrypted = cipher.encrypt(PLACE, "grüße 🌩");
        assertThat(cipher.decrypt(PLACE, encrypted)).contains("grüße 🌩");
        assertThat(Base64.getDecoder().decode(encrypted.iv())).hasSize(12);
        assertThat(Base64.getDecoder().decode(encrypted.authTag())).hasSize(16);
        assertThat(encrypted.keyId()).isEqualTo("k1");
    }

    @Test
    void textMovedToAnotherRowDoesNotOpen() {
        EncryptedText encrypted = cipher.encrypt(PLACE, "text");
        assertThat(cipher.decrypt(place("2"), encrypted)).isEmpty();
    }

    @Test
    void changedTextDoesNotOpen() {
        EncryptedText encrypted = cipher.encrypt(PLACE, "text");
        byte[] tag = Base64.getDecoder().decode(encrypted.authTag());
        tag[0] ^= 1;
        EncryptedText changed = new EncryptedText(
                encrypted.keyId(),
                encrypted.iv(),
                encrypted.content(),
                Base64.getEncoder().encodeToString(tag));
        assertThat(cipher.decrypt(PLACE, changed)).isEmpty();
        assertThat(cipher.decrypt(PLACE, EncryptedText.NONE)).isEmpty();
    }

    @Test
    void olderKeyStillOpensAndTheFirstEncrypts() {
        EncryptedText old = cipher.encrypt(PLACE, "text");
        MessageCipher rotated = new MessageCipher(KeyRing.of(K2 + "," + K1));
        assertThat(rotated.decrypt(PLACE, old)).contains("text");
        assertThat(rotated.encrypt(PLACE, "text").keyId()).isEqualTo("k2");
        assertThat(new MessageCipher(KeyRing.of(K2)).decrypt(PLACE, old)).isEmpty();
    }

    @Test
    void malformedKeysAreToldWithoutRepeatingThem() {
        for (String value : new String[] {"", "k1", "k1:zz", "k1:" + "11".repeat(31), K1 + "," + K1, "k 1:00"}) {
            assertThatThrownBy(() -> KeyRing.of(value))
                    .isInstanceOf(BadSettingException.class)
                    .hasMessageStartingWith("STORM_MESSAGE_KEYS ")
                    .hasMessageNotContaining("1111");
        }
        assertThat(KeyRing.of(K1).toString()).isEqualTo("KeyRing[k1]");
    }

    private static MessageCipher.Place place(String last) {
        return new MessageCipher.Place(
                new MessageId("00000000-0000-4000-8000-00000000000" + last),
                new ChannelId("0123456789abcdef01234567"),
                new UserId("0123456789abcdef01234569"));
    }
}
