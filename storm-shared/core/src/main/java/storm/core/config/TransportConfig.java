package storm.core.config;

import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The transport key: seals everything with text in it that Redis keeps. Every server has it.
public record TransportConfig(SecretKey key) {
    public static final String PROPERTY = "storm.transport.key";
    private static final int KEY_BYTES = 32;

    public static TransportConfig from(Settings settings) {
        return of(settings.hex(PROPERTY, KEY_BYTES));
    }

    public static TransportConfig ofHex(String key) {
        return of(HexFormat.of().parseHex(key));
    }

    private static TransportConfig of(byte[] key) {
        return new TransportConfig(new SecretKeySpec(key, "HKDF-SHA256"));
    }

    @Override
    public String toString() {
        return "TransportConfig[masked]";
    }
}
