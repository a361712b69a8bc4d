package storm.admin.ui;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import storm.client.http.ServerCertificate;
import storm.protocol.errors.StormException;

/// The console's words in the user's language: `texts.properties`, `texts_de.properties`.
public final class Texts {
    private static final String BUNDLE = "storm.admin.texts";

    private final ResourceBundle bundle;
    private final Locale locale;

    public Texts(Locale wanted) {
        // The system's own language must not stand in for one that is missing: English does.
        bundle = ResourceBundle.getBundle(
                BUNDLE, wanted, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        // The base bundle has no language of its own; it is English.
        String language = bundle.getLocale().getLanguage().isEmpty()
                ? Locale.ENGLISH.getLanguage()
                : bundle.getLocale().getLanguage();
        this.locale = wanted.getLanguage().equals(language) ? wanted : Locale.of(language);
    }

    public String get(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale).format(arguments);
    }

    /// A number as it is written in this language.
    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /// A number with one digit after the point.
    public String decimal(double number) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(1);
        format.setMaximumFractionDigits(1);
        return format.format(number);
    }

    /// The text of the key, or of the other if there is none.
    public String getOr(String key, String otherwise) {
        return bundle.containsKey(key) ? bundle.getString(key) : otherwise;
    }

    /// What went wrong, for the person at the screen.
    public String failure(StormException failure) {
        if (ServerCertificate.isDistrusted(failure)) {
            return get("failure.certificate");
        }
        String key = "failure." + failure.code().name();
        String details = String.join("; ", failure.details().values());
        return bundle.containsKey(key) ? get(key, details.isEmpty() ? failure.detail() : details) : failure.detail();
    }

    /// The language of the texts, with the country that was wanted if it is one of that language.
    public Locale locale() {
        return locale;
    }
}
