package storm.ws.endpoint;

import jakarta.websocket.EndpointConfig;
import org.jspecify.annotations.Nullable;

/// What only the handshake's request tells.
///
/// @param address of the client
/// @param authorization the header, if there was one
record Arrival(String address, @Nullable String authorization) {
    private static final String KEY = Arrival.class.getName();

    static Arrival of(EndpointConfig config) {
        return config.getUserProperties().get(KEY) instanceof Arrival arrival ? arrival : new Arrival("", null);
    }

    void keepIn(EndpointConfig config) {
        config.getUserProperties().put(KEY, this);
    }

    @Override
    public String toString() {
        return "Arrival[" + address + "]";
    }
}
