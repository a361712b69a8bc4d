package storm.protocol.users;

import java.util.List;

/// Answer of GET /users.
public record Users(List<User> users) {}
