package storm.admin.ui;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import storm.protocol.errors.StormException;

/// The console's words in the user's language: `texts.properties`, `texts_de.properties`.
public final class Texts {
    private static final String BUNDLE = "storm.admin.texts";

    private final ResourceBundle bundle;

    public Texts(Locale locale) {
        // The system's own language must not stand in for one that is missing: English does.
        bundle = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public String get(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, bundle.getLocale()).format(arguments);
    }

    /// What went wrong, for the person at the screen.
    public String failure(StormException failure) {
        String key = "failure." + failure.code().name();
        String details = String.join("; ", failure.details().values());
        return bundle.containsKey(key) ? get(key, details.isEmpty() ? failure.detail() : details) : failure.detail();
    }

    public Locale locale() {
        return bundle.getLocale();
    }
}
