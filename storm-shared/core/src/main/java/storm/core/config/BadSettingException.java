package storm.core.config;

/// A setting that is missing or wrong; the message is one line with the variable, the fault and an example.
///
/// The value itself is never part of the message: it may be a secret.
public final class BadSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadSettingException(String property, String fault, String example) {
        super(variable(property) + " " + fault + ", for example " + variable(property) + "=" + example);
    }

    /// The environment variable of a property: `storm.redis.url` is `STORM_REDIS_URL`.
    public static String variable(String property) {
        return property.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
    }
}
