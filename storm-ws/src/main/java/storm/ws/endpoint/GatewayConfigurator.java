package storm.ws.endpoint;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import storm.ws.gateway.Gateway;

/// Makes endpoints, each with what its handshake tells. Origins were checked before, by [HandshakeFilter].
public class GatewayConfigurator extends ServerEndpointConfig.Configurator {
    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Arrival.keepIn(config);
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return type.cast(new GatewayEndpoint(CDI.current().select(Gateway.class).get()));
    }
}
