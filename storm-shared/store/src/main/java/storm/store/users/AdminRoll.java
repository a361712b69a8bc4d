package storm.store.users;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.pull;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import storm.store.StoreCalls;

/// The roll of active admins: one document, so that "never the last one" is one atomic update.
///
/// Collection `rolls`, document `{_id: "admins", active: [userId], left: {userId: standingVersion}}`. Who is
/// demoted leaves the roll before the user's own row changes, who is promoted joins it after: whatever crashes
/// between, the roll counts too few admins, never too many. `left` keeps a late join, of a standing that was left
/// since, from bringing somebody back.
final class AdminRoll {
    private static final Bson ROLL = eq("_id", "admins");

    private final MongoCollection<Document> rolls;

    AdminRoll(MongoDatabase database) {
        rolls = database.getCollection("rolls");
    }

    /// Takes an admin off the roll, unless nobody else is on it.
    ///
    /// @param standing version of the standing that is left
    boolean leave(ObjectId admin, long standing) {
        Bson left = max(leftOf(admin), standing);
        Bson withOthers = and(ROLL, eq("active", admin), exists("active.1"));
        Bson onlyOthers = and(ROLL, ne("active", admin), exists("active.0"));
        return matches(withOthers, combine(pull("active", admin), left)) || matches(onlyOthers, left);
    }

    /// Puts an admin on the roll, unless this standing was left since.
    ///
    /// @param standing version of the standing that makes them an active admin
    void join(ObjectId admin, long standing) {
        Bson filter = and(ROLL, not(gte(leftOf(admin), standing)));
        Bson update = addToSet("active", admin);
        try {
            StoreCalls.reaching(() -> rolls.updateOne(filter, update, new UpdateOptions().upsert(true)));
        } catch (MongoException e) {
            if (!StoreCalls.isDuplicateKey(e)) {
                throw e;
            }
            // The roll exists and did not match, or came into being just now: the plain update decides.
            StoreCalls.reaching(() -> rolls.updateOne(filter, update));
        }
    }

    private boolean matches(Bson filter, Bson update) {
        return StoreCalls.reaching(() -> rolls.updateOne(filter, update)).getMatchedCount() == 1;
    }

    private static String leftOf(ObjectId admin) {
        return "left." + admin.toHexString();
    }
}
