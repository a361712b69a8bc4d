package storm.bench.bare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Runs [BareEndpoint] on a Liberty that is installed, with the heap and collector of Storm's gateway, until it is told
/// to end.
public final class BareServer {
    private BareServer() {}

    /// @param wlp folder of the installation
    /// @return the server's exit status
    public static int run(Path wlp, int port) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("storm-bare-");
        try {
            Path server = Files.createDirectories(folder.resolve("servers/bare"));
            Files.writeString(server.resolve("server.xml"), server(port));
            Files.write(
                    server.resolve("jvm.options"), List.of("-Xmx512m", "-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders"));
            archive(Files.createDirectories(server.resolve("apps")).resolve("bare.war"));
            ProcessBuilder builder =
                    new ProcessBuilder(wlp.resolve("bin/server").toString(), "run", "bare").inheritIO();
            builder.environment().put("WLP_USER_DIR", folder.toString());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return process.waitFor();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
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
