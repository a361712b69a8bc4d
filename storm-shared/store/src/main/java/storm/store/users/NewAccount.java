package storm.store.users;

import storm.protocol.users.Role;

/// A user to be made.
///
/// @param email lower case
public record NewAccount(String username, String email, String passwordHash, Role role) {
    @Override
    public String toString() {
        return "NewAccount[masked]";
    }
}
