package storm.store.users;

import org.jspecify.annotations.Nullable;
import storm.protocol.users.Role;

/// Which users a list shows.
///
/// @param prefix of username or e-mail, in any case
public record UserFilter(@Nullable String prefix, @Nullable Role role, boolean active) {}
