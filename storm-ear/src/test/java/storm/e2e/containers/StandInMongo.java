package storm.e2e.containers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import storm.embedded.mongo.MongoWireServer;

/// The program inside the container that stands in for MongoDB where its image can't be had: the embedded store, its
/// data in the folder named by the one argument, reached on all addresses. It knows no passwords and no replica set.
public final class StandInMongo {
    private static final int PORT = 27017;

    private StandInMongo() {}

    /// Runs until it is killed.
    public static void main(String... arguments) throws IOException {
        MongoWireServer mongo = MongoWireServer.onFile(Path.of(arguments[0]), 0);
        mongo.start();
        Runtime.getRuntime().addShutdownHook(new Thread(mongo::close, "stop-mongo"));
        // The embedded store listens on loopback alone, which is its guard; this is the hole in it, for the container.
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress(PORT), 512);
            System.out.println("Waiting for connections");
            while (true) {
                Socket client = server.accept();
                Socket store = new Socket(InetAddress.getLoopbackAddress(), mongo.port());
                client.setTcpNoDelay(true);
                store.setTcpNoDelay(true);
                pipe(client, store);
                pipe(store, client);
            }
        }
    }

    private static void pipe(Socket from, Socket to) {
        Thread.ofVirtual().name("stand-in-pipe").start(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // One side has gone, and closing tells the other.
            }
        });
    }
}
