package storm.ws.endpoint;

import jakarta.servlet.ServletException;
import jakarta.websocket.EndpointConfig;
import java.io.IOException;
import storm.ws.handshake.Credentials;

/// What only the handshake's request tells.
///
/// It goes from the filter to the endpoint past the container: within the upgrade as a scoped value, from then to the
/// opening as a property of the new session's configuration.
///
/// @param address of the client
record Arrival(String address, Credentials credentials) {
    private static final ScopedValue<Arrival> CURRENT = ScopedValue.newInstance();
    private static final Arrival UNKNOWN = new Arrival("", new Credentials.None());
    private static final String KEY = Arrival.class.getName();

    /// The rest of a request's way.
    @FunctionalInterface
    interface Upgrade {
        void run() throws IOException, ServletException;
    }

    /// Lets the upgrade happen with this arrival as the current one.
    void during(Upgrade upgrade) throws IOException, ServletException {
        try {
            ScopedValue.where(CURRENT, this).call(() -> {
                upgrade.run();
                return true;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Keeps the current arrival for the opening.
    static void keepIn(EndpointConfig config) {
        config.getUserProperties().put(KEY, CURRENT.orElse(UNKNOWN));
    }

    /// Takes the arrival that was kept.
    static Arrival takeFrom(EndpointConfig config) {
        return config.getUserProperties().remove(KEY) instanceof Arrival arrival ? arrival : UNKNOWN;
    }
}
