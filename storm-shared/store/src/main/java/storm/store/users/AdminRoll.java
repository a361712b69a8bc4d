package storm.store.users;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
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
/// Collection `rolls`, document `{_id: "admins", active: [userId], leaving: [userId]}`. Who is demoted leaves the
/// roll before the user's own row changes, who is promoted joins it after: whatever crashes between, the roll
/// counts too few admins, never too many. `leaving` keeps [#enroll] from bringing back someone whose row is about
/// to change.
final class AdminRoll {
    private static final Bson ROLL = eq("_id", "admins");

    private final MongoCollection<Document> rolls;

    AdminRoll(MongoDatabase database) {
        rolls = database.getCollection("rolls");
    }

    /// Takes an admin off the roll, unless it is the last one.
    boolean leave(ObjectId admin) {
        Bson others = and(ROLL, eq("active", admin), exists("active.1"));
        if (StoreCalls.reaching(() ->
                                rolls.updateOne(others, combine(pull("active", admin), addToSet("leaving", admin))))
                        .getMatchedCount()
                == 1) {
            return true;
        }
        Bson leftBefore = and(ROLL, eq("leaving", admin), exists("active.0"));
        return StoreCalls.reaching(() -> rolls.countDocuments(leftBefore)) == 1;
    }

    /// Forgets that someone was leaving: the user's row says so itself now.
    void left(ObjectId admin) {
        StoreCalls.reaching(() -> rolls.updateOne(ROLL, pull("leaving", admin)));
    }

    /// Puts someone on the roll who has become an admin, or did not leave after all.
    void join(ObjectId admin) {
        upsert(ROLL, combine(addToSet("active", admin), pull("leaving", admin)));
    }

    /// Puts an admin on the roll unless it is leaving: mends what a crash left out.
    void enroll(ObjectId admin) {
        upsert(and(ROLL, ne("leaving", admin)), addToSet("active", admin));
    }

    private void upsert(Bson filter, Bson update) {
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
}
