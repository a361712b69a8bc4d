package storm.ws.handshake;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import storm.core.config.Settings;

/// Who may open a WebSocket from where.
///
/// @param origins web origins whose pages may connect
public record HandshakeConfig(Set<String> origins) {
    public HandshakeConfig {
        origins = Set.copyOf(origins);
    }

    public static HandshakeConfig from(Settings settings) {
        Set<String> origins = new HashSet<>();
        settings.list("storm.cors.origins").forEach(origin -> origins.add(origin.toLowerCase(Locale.ROOT)));
        return new HandshakeConfig(origins);
    }

    /// Whether a page of that origin may connect; what is no browser sends none.
    public boolean allows(@Nullable String origin) {
        return origin == null || origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    /// The client's address.
    public String clientAddress(String peer, @Nullable String forwardedFor) {
        return peer;
    }
}
