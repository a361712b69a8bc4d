package storm.e2e.servers;

import java.net.URI;
import storm.client.http.ServerAddress;

/// A Storm that people can use, wherever and however it runs.
public interface RunningStorm {
    /// Where clients reach it.
    ServerAddress address();

    /// The root of the REST interface, `…/api/v1`.
    default URI api() {
        return address().rest().resolve("/api/v1");
    }

    /// What the first admin signs in with.
    String adminEmail();

    String adminPassword();

    /// Starts what does not run and returns when every server is ready.
    void heal();
}
