package storm.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ProbeTest {

    @Test
    void aStoreThatListensIsReachable() throws IOException {
        try (ServerSocket store = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(Probe.unreachable("redis://:p%40ss@127.0.0.1:" + store.getLocalPort() + "/0"))
                    .isEmpty();
            assertThat(Probe.unreachable("mongodb://user:word@127.0.0.1:%d,127.0.0.1:%d/storm?w=majority"
                            .formatted(EmbeddedStores.freePort(), store.getLocalPort())))
                    .isEmpty();
        }
    }

    @Test
    void anUnreachableStoreIsNamedWithoutItsPassword() {
        int port = EmbeddedStores.freePort();
        assertThat(Probe.unreachable("mongodb://user:word@127.0.0.1:" + port + "/?tls=false"))
                .isEqualTo("nothing answers at 127.0.0.1:" + port);
    }
}
