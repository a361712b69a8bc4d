package storm.store.messagekeys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.store.messages.EncryptedText;

/// Encrypts message texts for the database: AES-256-GCM (NIST SP 800-38D), a fresh random 96-bit IV for each.
///
/// Additional data is key id, message, channel and sender: a ciphertext moved to another row does not open.
/// Thread-safe.
public final class MessageCipher {
    private static final String AES_GCM = "AES/GCM/NoPadding";
    /// Looked for once: the search would be a quarter of what a short text costs.
    private static final Provider PROVIDER = provider();

    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final KeyRing keys;
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
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        String keyId = keys.currentId();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys.find(keyId).orElseThrow(), iv, place.additionalData(keyId))
                    .doFinal(text.getBytes(StandardCharsets.UTF_8));
            int length = sealed.length - TAG_BYTES;
            Base64.Encoder base64 = Base64.getEncoder();
            return new EncryptedText(
                    keyId,
                    base64.encodeToString(iv),
                    base64.encodeToString(Arrays.copyOf(sealed, length)),
                    base64.encodeToString(Arrays.copyOfRange(sealed, length, sealed.length)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /// The text; empty if its key is not in the ring, or it was changed or moved.
    public Optional<String> decrypt(Place place, EncryptedText encrypted) {
        Optional<SecretKey> key = keys.find(encrypted.keyId());
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] content = base64.decode(encrypted.content());
            byte[] tag = base64.decode(encrypted.authTag());
            byte[] sealed = Arrays.copyOf(content, content.length + tag.length);
            System.arraycopy(tag, 0, sealed, content.length, tag.length);
            byte[] text = cipher(
                            Cipher.DECRYPT_MODE,
                            key.get(),
                            base64.decode(encrypted.iv()),
                            place.additionalData(encrypted.keyId()))
                    .doFinal(sealed);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Provider provider() {
        try {
            return Cipher.getInstance(AES_GCM).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] iv, byte[] additionalData)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(AES_GCM, PROVIDER);
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, iv));
        cipher.updateAAD(additionalData);
        return cipher;
    }
}
