package storm.bench.bare;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// [BareEndpoint] on a Liberty that is installed, with the heap and collector of Storm's gateway. Closing ends it.
public final class BareServer implements AutoCloseable {
    /// Liberty's word for a server whose applications have started.
    private static final String READY = "CWWKF0011I";
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final Path folder;
    private final Process process;
    private final int port;

    private BareServer(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /// Starts it at a free port of this machine and waits until it takes connections.
    ///
    /// @param wlp folder of the installation
    /// @throws IllegalStateException if it does not start
    public static BareServer start(Path wlp) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("storm-bare-");
        int port = freePort();
        Path server = Files.createDirectories(folder.resolve("servers/bare"));
        Files.writeString(server.resolve("server.xml"), server(port));
        Files.write(server.resolve("jvm.options"), List.of("-Xmx512m", "-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders"));
        archive(Files.createDirectories(server.resolve("apps")).resolve("bare.war"));
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(wlp.resolve("bin/server").toString(), "run", "bare")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("WLP_USER_DIR", folder.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        BareServer started = new BareServer(folder, process, port);
        long until = System.nanoTime() + LONGEST_START.toNanos();
        while (!Files.readString(log).contains(READY)) {
            if (!process.isAlive() || System.nanoTime() > until) {
                String said = Files.readString(log);
                started.close();
                throw new IllegalStateException("the bare server did not start: " + said);
            }
            Thread.sleep(200);
        }
        return started;
    }

    /// Where it is.
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String server(int port) {
        return """
                <server>
                  <featureManager><feature>websocket-2.2</feature></featureManager>
                  <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1" />
                  <httpSession invalidationTimeout="10s" reaperPollInterval="30s" allowOverflow="true" />
                  <webApplication location="bare.war" contextRoot="/" />
                </server>
                """.formatted(port);
    }

    private static void archive(Path war) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
            for (String name : List.of("BareEndpoint.class", "BareEndpoint$Peer.class")) {
                zip.putNextEntry(new ZipEntry("WEB-INF/classes/storm/bench/bare/" + name));
                try (InputStream in = BareServer.class.getResourceAsStream(name)) {
                    if (in == null) {
                        throw new IOException("no " + name);
                    }
                    in.transferTo(zip);
                }
            }
        }
    }
}
