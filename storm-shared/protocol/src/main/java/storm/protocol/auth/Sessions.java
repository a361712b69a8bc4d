package storm.protocol.auth;

import java.util.List;

/// Answer of GET /auth/sessions.
public record Sessions(List<Session> sessions) {}
