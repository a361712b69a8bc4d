package storm.core.crypto;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
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
    private static final String AES_GCM = "AES/GCM/NoPadding";
    /// Looked for once: the search would be a quarter of what a short text costs.
    private static final Provider PROVIDER = provider();

    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + 4;
    private static final int DAYS_KEPT = 64;
    private static final long DAY_MS = 86_400_000;

    private final SecretKey root;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, SecretKey> days = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, SecretKey> eldest) {
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
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, day, iv, context);
            ByteBuffer sealed = ByteBuffer.allocate(HEAD_BYTES + IV_BYTES + content.length + TAG_BITS / 8);
            sealed.put(VERSION).putInt(day).put(iv);
            cipher.doFinal(ByteBuffer.wrap(content), sealed);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
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
            if (in.remaining() < HEAD_BYTES + IV_BYTES + TAG_BITS / 8 || in.get() != VERSION) {
                throw new BrokenSealException("not a seal of this version");
            }
            int day = in.getInt();
            byte[] iv = new byte[IV_BYTES];
            in.get(iv);
            byte[] content = new byte[in.remaining() - TAG_BITS / 8];
            cipher(Cipher.DECRYPT_MODE, day, iv, context).doFinal(in, ByteBuffer.wrap(content));
            return content;
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new BrokenSealException("the seal does not open: another key, another context, or changed");
        }
    }

    private static Provider provider() {
        try {
            return Cipher.getInstance(AES_GCM).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, int day, byte[] iv, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(AES_GCM, PROVIDER);
        cipher.init(mode, keyOf(day), new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private SecretKey keyOf(int day) throws GeneralSecurityException {
        synchronized (days) {
            SecretKey key = days.get(day);
            if (key == null) {
                byte[] info = ("storm transport " + day).getBytes(StandardCharsets.UTF_8);
                key = KDF.getInstance("HKDF-SHA256")
                        .deriveKey(
                                "AES",
                                HKDFParameterSpec.ofExtract().addIKM(root).thenExpand(info, 32));
                days.put(day, key);
            }
            return key;
        }
    }
}
