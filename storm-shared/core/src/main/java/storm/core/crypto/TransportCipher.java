package storm.core.crypto;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import storm.core.config.TransportConfig;

/// Seals what passes through Redis with the transport key: AES-256-GCM (NIST SP 800-38D) with a random 96-bit
/// IV.
///
/// The key of a seal is derived from the transport key and the UTC day by HKDF-SHA256 (RFC 5869), so that the
/// number of
/// random IVs under one key (2³² at most, SP 800-38D section 8.3) stays far off at any load. A seal is
/// base64url of
/// `version (1) | day (4) | IV (12) | ciphertext and tag`; its context is additional data: a seal moved to
/// another
/// place does not open. Thread-safe.
@Singleton
public class TransportCipher {
    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 1 + 4;
    private static final int DAYS_KEPT = 64;
    private static final long DAY_MS = 86_400_000;

    private final SecretKey root;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, AesGcm> days = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, AesGcm> eldest) {
            return size() > DAYS_KEPT;
        }
    };

    @Inject
    public TransportCipher(TransportConfig config, Clock clock) {
        this.root = config.key();
        this.clock = clock;
    }

    public String seal(String context, String text) {
        return seal(context, text.getBytes(StandardCharsets.UTF_8));
    }

    public String seal(String context, byte[] content) {
        int day = Math.toIntExact(clock.millis() / DAY_MS);
        byte[] iv = new byte[AesGcm.IV_BYTES];
        random.nextBytes(iv);
        ByteBuffer sealed = ByteBuffer.allocate(HEAD_BYTES + AesGcm.IV_BYTES + content.length + AesGcm.TAG_BYTES);
        sealed.put(VERSION).putInt(day).put(iv);
        cipherOf(day).encrypt(iv, additional(context), ByteBuffer.wrap(content), sealed);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.array());
    }

    /// Opens a seal as text.
    ///
    /// @throws BrokenSealException if it was not sealed with this key and context, or was changed since
    public String openText(String context, String sealed) {
        return new String(open(context, sealed), StandardCharsets.UTF_8);
    }

    /// Opens a seal.
    ///
    /// @throws BrokenSealException if it was not sealed with this key and context, or was changed since
    public byte[] open(String context, String sealed) {
        try {
            ByteBuffer in = ByteBuffer.wrap(Base64.getUrlDecoder().decode(sealed));
            if (in.remaining() < HEAD_BYTES + AesGcm.IV_BYTES + AesGcm.TAG_BYTES || in.get() != VERSION) {
                throw new BrokenSealException("not a seal of this version");
            }
            int day = in.getInt();
            byte[] iv = new byte[AesGcm.IV_BYTES];
            in.get(iv);
            byte[] content = new byte[in.remaining() - AesGcm.TAG_BYTES];
            cipherOf(day).decrypt(iv, additional(context), in, ByteBuffer.wrap(content));
            return content;
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new BrokenSealException("the seal does not open: another key, another context, or changed");
        }
    }

    private static byte[] additional(String context) {
        return context.getBytes(StandardCharsets.UTF_8);
    }

    private AesGcm cipherOf(int day) {
        synchronized (days) {
            AesGcm cipher = days.get(day);
            if (cipher == null) {
                cipher = new AesGcm(keyOf(day));
                days.put(day, cipher);
            }
            return cipher;
        }
    }

    private SecretKey keyOf(int day) {
        byte[] info = ("storm transport " + day).getBytes(StandardCharsets.UTF_8);
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey("AES", HKDFParameterSpec.ofExtract().addIKM(root).thenExpand(info, 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HKDF-SHA256", e);
        }
    }
}
