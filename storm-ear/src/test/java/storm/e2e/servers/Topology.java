package storm.e2e.servers;

/// How Storm's parts are spread over servers.
public enum Topology {
    /// The EAR: one server is everything.
    ALL_IN_ONE,
    /// REST, gateway and worker each in a server of its own, with no more secrets than it needs.
    SPLIT
}
