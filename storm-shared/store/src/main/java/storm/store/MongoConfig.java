package storm.store;

import com.mongodb.ConnectionString;
import storm.core.config.BadSettingException;
import storm.core.config.Settings;

/// Where MongoDB is. The database is the one that the URI names, else `storm`.
public record MongoConfig(ConnectionString uri) {
    public static final String PROPERTY = "storm.mongodb.uri";
    private static final String EXAMPLE = "mongodb://127.0.0.1:27017/storm";

    public static MongoConfig from(Settings settings) {
        return of(settings.text(PROPERTY, EXAMPLE));
    }

    /// Reads the value of STORM_MONGODB_URI.
    public static MongoConfig of(String uri) {
        try {
            return new MongoConfig(new ConnectionString(uri));
        } catch (IllegalArgumentException e) {
            // The cause may repeat the URI with its password.
            throw new BadSettingException(PROPERTY, "must be a mongodb:// or mongodb+srv:// URI", EXAMPLE);
        }
    }

    public String database() {
        String named = uri.getDatabase();
        return named == null ? "storm" : named;
    }

    @Override
    public String toString() {
        return "MongoConfig" + uri.getHosts();
    }
}
