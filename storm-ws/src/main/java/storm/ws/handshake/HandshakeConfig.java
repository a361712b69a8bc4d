package storm.ws.handshake;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import storm.core.config.Settings;
import storm.core.net.ClientAddress;

/// Who may open a WebSocket from where.
///
/// @param origins web origins whose pages may connect
/// @param address finds where a client comes from, behind proxies too
public record HandshakeConfig(Set<String> origins, ClientAddress address) {
    public HandshakeConfig {
        origins = Set.copyOf(origins);
    }

    public static HandshakeConfig from(Settings settings) {
        Set<String> origins = new HashSet<>();
        settings.list("storm.cors.origins").forEach(origin -> origins.add(origin.toLowerCase(Locale.ROOT)));
        return new HandshakeConfig(origins, ClientAddress.from(settings));
    }

    /// Whether a page of that origin may connect; what is no browser sends none.
    public boolean allows(@Nullable String origin) {
        return origin == null || origins.contains(origin.toLowerCase(Locale.ROOT));
    }
}
