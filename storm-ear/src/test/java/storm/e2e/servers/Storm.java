package storm.e2e.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import storm.client.http.ServerAddress;
import storm.embedded.GeneratedSecrets;
import storm.embedded.fixture.TestStores;

/// A whole Storm under test: its servers, their secrets and the stores they share.
///
/// Secrets are made for the run, and each server is given those that its part needs and no other. Limits that would
/// only slow a test down are out of the way. Used by one thread at a time.
public final class Storm implements RunningStorm, AutoCloseable {
    private static final String PLENTY = "1000000";

    private final Topology topology;
    private final Path folder;
    private final TestStores stores;
    private final String database;
    private final GeneratedSecrets secrets;
    private final List<ServerProcess> servers = new ArrayList<>();

    private Storm(Topology topology, Path folder, TestStores stores) {
        this.topology = topology;
        this.folder = folder;
        this.stores = stores;
        this.database = stores.freshDatabase();
        this.secrets = GeneratedSecrets.in(folder.resolve("secrets"));
    }

    /// Starts a Storm with empty stores.
    public static Storm start(Topology topology) {
        Path folder = Installation.folder(topology.name().toLowerCase(Locale.ROOT));
        Storm storm = new Storm(topology, folder, TestStores.own());
        try {
            storm.stores.flushRedis();
            switch (topology) {
                case ALL_IN_ONE -> storm.add("all-in-one", Part.ALL_IN_ONE);
                case SPLIT -> {
                    storm.add("rest", Part.REST);
                    storm.add("gateway", Part.GATEWAY);
                    storm.add("worker", Part.WORKER);
                }
            }
            storm.heal();
            return storm;
        } catch (RuntimeException e) {
            storm.close();
            throw e;
        }
    }

    public Topology topology() {
        return topology;
    }

    public TestStores stores() {
        return stores;
    }

    /// The name of its database.
    public String database() {
        return database;
    }

    public GeneratedSecrets secrets() {
        return secrets;
    }

    /// Every secret that a server was given, and the stores' addresses with their passwords.
    List<String> secretValues() {
        List<String> values = new ArrayList<>(secrets.values().values());
        values.replaceAll(value -> value.substring(value.indexOf(':') + 1));
        values.add(stores.redisUrl());
        return values;
    }

    @Override
    public ServerAddress address() {
        return addressBy(gateway());
    }

    /// Where clients reach it by one of several gateways.
    public ServerAddress addressBy(ServerProcess gateway) {
        return ServerAddress.of(rest().http().toString(), gateway.http().toString());
    }

    @Override
    public String adminEmail() {
        return String.valueOf(secrets.values().get("STORM_ADMIN_EMAIL"));
    }

    @Override
    public String adminPassword() {
        return String.valueOf(secrets.values().get("STORM_ADMIN_PASSWORD"));
    }

    public ServerProcess rest() {
        return serving(Part.REST);
    }

    public ServerProcess gateway() {
        return serving(Part.GATEWAY);
    }

    public ServerProcess worker() {
        return serving(Part.WORKER);
    }

    public List<ServerProcess> servers() {
        return List.copyOf(servers);
    }

    private ServerProcess serving(Part part) {
        return servers.stream()
                .filter(server -> server.part() == part || server.part() == Part.ALL_IN_ONE)
                .findFirst()
                .orElseThrow();
    }

    /// Starts one server more of a part; it runs until [#remove] or the end of this Storm.
    public ServerProcess startAnother(Part part, String name) {
        return startAnother(part, name, Map.of());
    }

    /// The same with some settings changed.
    public ServerProcess startAnother(Part part, String name, Map<String, String> changes) {
        ServerProcess server = prepare(part, name, changes);
        servers.add(server);
        server.start();
        return server;
    }

    @Override
    public void heal() {
        servers.forEach(ServerProcess::launch);
        servers.forEach(ServerProcess::awaitReady);
    }

    /// Stops a server that [#startAnother] started, and forgets it.
    public void remove(ServerProcess server) {
        server.stop();
        servers.remove(server);
    }

    private ServerProcess add(String name, Part part) {
        ServerProcess server = prepare(part, name, Map.of());
        servers.add(server);
        return server;
    }

    /// A server more, with some settings changed, that is not started and no part of this Storm.
    public ServerProcess prepare(Part part, String name, Map<String, String> changes) {
        int port = Installation.freePort();
        Map<String, String> environment = environment(part, port);
        environment.putAll(changes);
        return new ServerProcess(name, part, folder.resolve(name), port, environment);
    }

    /// What a part needs to know, and nothing that it must not.
    private Map<String, String> environment(Part part, int port) {
        Map<String, String> all = secrets.values();
        Map<String, String> env = new LinkedHashMap<>();
        env.put("STORM_HTTP_PORT", Integer.toString(port));
        // The worker speaks to nobody over HTTPS; the others show a certificate that each made for itself.
        env.put("STORM_HTTPS_PORT", part == Part.WORKER ? "-1" : Integer.toString(Installation.freePort()));
        env.put("STORM_KEYSTORE_PASSWORD", all.get("STORM_KEYSTORE_PASSWORD"));
        env.put("STORM_LTPA_PASSWORD", all.get("STORM_LTPA_PASSWORD"));
        env.put("STORM_REDIS_URL", stores.redisUrl());
        env.put("STORM_TRANSPORT_KEY", all.get("STORM_TRANSPORT_KEY"));
        boolean everything = part == Part.ALL_IN_ONE;
        if (everything || part == Part.REST || part == Part.WORKER) {
            env.put("STORM_MONGODB_URI", stores.mongoUri(database));
        }
        if (everything || part == Part.REST || part == Part.GATEWAY) {
            env.put("STORM_JWT_PUBLIC_KEY", secrets.jwtPublicKey().toString());
            env.put("STORM_RATE_LIMIT_WS", PLENTY);
        }
        if (everything || part == Part.REST) {
            env.put("STORM_JWT_PRIVATE_KEY", secrets.jwtPrivateKey().toString());
            env.put("STORM_ADMIN_EMAIL", all.get("STORM_ADMIN_EMAIL"));
            env.put("STORM_ADMIN_PASSWORD", all.get("STORM_ADMIN_PASSWORD"));
            env.put("STORM_RATE_LIMIT_PUBLIC", PLENTY);
            env.put("STORM_RATE_LIMIT_USER", PLENTY);
        }
        if (everything || part == Part.WORKER) {
            env.put("STORM_MESSAGE_KEYS", all.get("STORM_MESSAGE_KEYS"));
        }
        return env;
    }

    /// Stops every server in order of the way of a message, then the stores.
    @Override
    public void close() {
        RuntimeException first = null;
        for (ServerProcess server : servers) {
            try {
                server.stop();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        stores.close();
        if (first != null) {
            throw first;
        }
    }
}
