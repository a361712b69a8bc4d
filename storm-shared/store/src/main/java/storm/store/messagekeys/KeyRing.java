package storm.store.messagekeys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import storm.core.config.BadSettingException;
import storm.core.config.Settings;

/// The storage keys by their ids: the current one encrypts, all of them decrypt.
///
/// From `STORM_MESSAGE_KEYS=k2:<64 hex digits>,k1:<64 hex digits>`, the current one first. A key is retired by
/// leaving it out, once no message is under it any more.
public final class KeyRing {
    public static final String PROPERTY = "storm.message.keys";
    private static final String EXAMPLE = "k1:<64 hex digits, as from: openssl rand -hex 32>";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int KEY_BYTES = 32;

    private final String currentId;
    private final Map<String, SecretKey> keys;

    private KeyRing(String currentId, Map<String, SecretKey> keys) {
        this.currentId = currentId;
        this.keys = Map.copyOf(keys);
    }

    public static KeyRing from(Settings settings) {
        return of(settings.text(PROPERTY, EXAMPLE));
    }

    /// Reads the value of STORM_MESSAGE_KEYS.
    public static KeyRing of(String value) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        for (String element : value.split(",")) {
            String[] parts = element.strip().split(":", 2);
            if (parts.length != 2 || !ID.matcher(parts[0]).matches()) {
                throw bad("must be a list of id:key");
            }
            if (keys.put(parts[0], key(parts[1])) != null) {
                throw bad("names the id " + parts[0] + " twice");
            }
        }
        return new KeyRing(keys.keySet().iterator().next(), keys);
    }

    /// The id of the key that encrypts.
    public String currentId() {
        return currentId;
    }

    public Set<String> ids() {
        return keys.keySet();
    }

    /// What tells one key from another without telling anything of it: HMAC-SHA256 over a fixed text, in hex.
    String fingerprint(String id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(find(id).orElseThrow());
            return HexFormat.of().formatHex(mac.doFinal("storm message key".getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    Optional<SecretKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    private static SecretKey key(String hex) {
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(hex.strip());
        } catch (IllegalArgumentException e) {
            throw bad("has a key that is not hex");
        }
        if (bytes.length != KEY_BYTES) {
            throw bad("has a key that is not " + 2 * KEY_BYTES + " hex digits long");
        }
        SecretKey key = new SecretKeySpec(bytes, "AES");
        Arrays.fill(bytes, (byte) 0);
        return key;
    }

    private static BadSettingException bad(String fault) {
        return new BadSettingException(PROPERTY, fault, EXAMPLE);
    }

    @Override
    public String toString() {
        return "KeyRing" + ids();
    }
}
