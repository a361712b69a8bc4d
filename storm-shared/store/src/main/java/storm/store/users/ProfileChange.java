package storm.store.users;

import org.jspecify.annotations.Nullable;

/// New names of a user; what is null stays.
///
/// @param email lower case
public record ProfileChange(
        @Nullable String username, @Nullable String email) {
    public boolean isEmpty() {
        return username == null && email == null;
    }
}
