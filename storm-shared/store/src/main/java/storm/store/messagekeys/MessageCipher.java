package storm.store.messagekeys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import storm.core.crypto.AesGcm;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.store.messages.EncryptedText;

/// Encrypts message texts for the database: AES-256-GCM (NIST SP 800-38D), a fresh random 96-bit IV for each.
///
/// Additional data is key id, message, channel and sender: a ciphertext moved to another row does not open.
/// Thread-safe.
public final class MessageCipher {
    private final KeyRing keys;
    private final Map<String, AesGcm> ciphers = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /// The row that a text belongs to.
    public record Place(MessageId messageId, ChannelId channelId, UserId senderId) {
        private byte[] additionalData(String keyId) {
            return (keyId + "|" + messageId + "|" + channelId + "|" + senderId).getBytes(StandardCharsets.UTF_8);
        }
    }

    public MessageCipher(KeyRing keys) {
        this.keys = keys;
    }

    public EncryptedText encrypt(Place place, String text) {
        byte[] iv = new byte[AesGcm.IV_BYTES];
        random.nextBytes(iv);
        String keyId = keys.currentId();
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] sealed = new byte[content.length + AesGcm.TAG_BYTES];
        cipher(keyId)
                .orElseThrow()
                .encrypt(iv, place.additionalData(keyId), ByteBuffer.wrap(content), ByteBuffer.wrap(sealed));
        Base64.Encoder base64 = Base64.getEncoder();
        return new EncryptedText(
                keyId,
                base64.encodeToString(iv),
                base64.encodeToString(Arrays.copyOf(sealed, content.length)),
                base64.encodeToString(Arrays.copyOfRange(sealed, content.length, sealed.length)));
    }

    /// The text; empty if its key is not in the ring, or it was changed or moved.
    public Optional<String> decrypt(Place place, EncryptedText encrypted) {
        Optional<AesGcm> cipher = cipher(encrypted.keyId());
        if (cipher.isEmpty()) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] content = base64.decode(encrypted.content());
            byte[] tag = base64.decode(encrypted.authTag());
            byte[] sealed = Arrays.copyOf(content, content.length + tag.length);
            System.arraycopy(tag, 0, sealed, content.length, tag.length);
            byte[] text = new byte[Math.max(0, sealed.length - AesGcm.TAG_BYTES)];
            cipher.get()
                    .decrypt(
                            base64.decode(encrypted.iv()),
                            place.additionalData(encrypted.keyId()),
                            ByteBuffer.wrap(sealed),
                            ByteBuffer.wrap(text));
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Optional<AesGcm> cipher(String keyId) {
        return keys.find(keyId).map(key -> ciphers.computeIfAbsent(keyId, _ -> new AesGcm(key)));
    }
}
