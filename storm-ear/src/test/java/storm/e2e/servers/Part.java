package storm.e2e.servers;

/// What one server is of Storm.
public enum Part {
    ALL_IN_ONE("storm"),
    REST("storm-rest"),
    GATEWAY("storm-ws"),
    WORKER("storm-worker");

    private final String serverName;

    Part(String serverName) {
        this.serverName = serverName;
    }

    /// The server's name in the Liberty installation.
    public String serverName() {
        return serverName;
    }
}
