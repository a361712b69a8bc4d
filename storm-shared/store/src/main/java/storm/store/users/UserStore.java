package storm.store.users;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Page;
import storm.protocol.users.Role;
import storm.store.pages.PageRequest;

/// The accounts. Every method throws SERVICE_UNAVAILABLE if the database is out of reach.
public interface UserStore {

    static UserStore in(MongoDatabase database, Clock clock) {
        return new MongoUserStore(database, clock);
    }

    void createIndexes();

    /// @throws storm.protocol.errors.StormException CONFLICT if username or e-mail is taken
    Account insert(NewAccount account);

    Optional<Account> find(UserId id);

    Optional<Account> findByEmail(String email);

    List<Account> findAll(Collection<UserId> ids);

    Page<Account> list(UserFilter filter, PageRequest page);

    /// Changes names of an account, and gives it as it is then.
    ///
    /// @throws storm.protocol.errors.StormException CONFLICT if username or e-mail is taken
    Optional<Account> rename(UserId id, ProfileChange change);

    /// Sets a new password if the old hash is still the stored one, and voids every refresh token made before.
    ///
    /// @return empty if the hash has changed meanwhile
    Optional<Account> changePassword(UserId id, String oldHash, String newHash);

    /// Replaces the hash of an unchanged password by a stronger one, if it is still the stored one.
    void rehash(UserId id, String oldHash, String newHash);

    /// Voids every refresh token made before.
    void voidSessions(UserId id);

    /// Sets role and activity if they are still as expected, and gives the account as it is then. What makes an
    /// account inactive also voids its refresh tokens.
    ///
    /// @return empty if they have changed meanwhile
    /// @throws storm.protocol.errors.StormException CONFLICT if it would leave no active admin
    Optional<Account> changeStanding(Account expected, Role role, boolean active);

    boolean hasActiveAdmin();

    void seen(UserId id, Instant at);
}
