package storm.ws.endpoint;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps what the handshake tells for [GatewayEndpoint]. Origins were checked before, by [HandshakeFilter].
public class GatewayConfigurator extends ServerEndpointConfig.Configurator {
    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        new Arrival(
                        header(request, HandshakeFilter.ADDRESS).orElse(""),
                        header(request, "Authorization").orElse(null))
                .keepIn(config);
    }

    private static Optional<String> header(HandshakeRequest request, String name) {
        for (Map.Entry<String, List<String>> header : request.getHeaders().entrySet()) {
            if (name.equalsIgnoreCase(header.getKey()) && !header.getValue().isEmpty()) {
                return Optional.of(header.getValue().getFirst());
            }
        }
        return Optional.empty();
    }
}
