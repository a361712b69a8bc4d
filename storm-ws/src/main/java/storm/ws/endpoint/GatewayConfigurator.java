package storm.ws.endpoint;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import storm.ws.gateway.Gateway;

/// Makes endpoints, each with what its handshake tells. Origins were checked before, by [HandshakeFilter].
public class GatewayConfigurator extends ServerEndpointConfig.Configurator {
    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        new Arrival(
                        header(request, HandshakeFilter.ADDRESS).orElse(""),
                        header(request, "Authorization").orElse(null))
                .keepIn(config);
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return type.cast(new GatewayEndpoint(CDI.current().select(Gateway.class).get()));
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
