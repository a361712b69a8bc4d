package storm.core.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// AES-GCM (NIST SP 800-38D) under one key, with a 96-bit IV and a 128-bit tag.
///
/// Its ciphers are used again: to make one and its key schedule is half of what a short text costs. Thread-safe.
public final class AesGcm {
    public static final int IV_BYTES = 12;
    public static final int TAG_BYTES = 16;
    private static final int KEPT = 16;

    private final SecretKey key;
    private final Queue<Cipher> idle = new ArrayBlockingQueue<>(KEPT);

    public AesGcm(SecretKey key) {
        this.key = key;
    }

    /// Puts ciphertext and tag of a text into `sealed`.
    ///
    /// @param iv under which nothing else was ever encrypted with this key
    public void encrypt(byte[] iv, byte[] additional, ByteBuffer text, ByteBuffer sealed) {
        try {
            run(Cipher.ENCRYPT_MODE, iv, additional, text, sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /// Puts the text of ciphertext and tag into `text`.
    ///
    /// @throws GeneralSecurityException if it was encrypted with another key, IV or additional data, or was changed
    public void decrypt(byte[] iv, byte[] additional, ByteBuffer sealed, ByteBuffer text)
            throws GeneralSecurityException {
        run(Cipher.DECRYPT_MODE, iv, additional, sealed, text);
    }

    /// A cipher that failed is not used again.
    private void run(int mode, byte[] iv, byte[] additional, ByteBuffer in, ByteBuffer out)
            throws GeneralSecurityException {
        Cipher kept = idle.poll();
        Cipher cipher = kept == null ? Cipher.getInstance("AES/GCM/NoPadding") : kept;
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, iv));
        cipher.updateAAD(additional);
        cipher.doFinal(in, out);
        idle.offer(cipher);
    }
}
