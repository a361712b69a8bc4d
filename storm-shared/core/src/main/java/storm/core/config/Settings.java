package storm.core.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// Typed reads of configuration properties; every fault is a [BadSettingException] that names the variable.
public final class Settings {
    private final Function<String, Optional<String>> source;

    public Settings(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /// The settings of this process: MicroProfile Config, so system properties, then the environment.
    public static Settings ofProcess() {
        Config config = ConfigProvider.getConfig();
        return new Settings(property -> config.getOptionalValue(property, String.class));
    }

    public static Settings of(Map<String, String> values) {
        return new Settings(property -> Optional.ofNullable(values.get(property)));
    }

    /// The value, without surrounding blanks; an empty value counts as none.
    public Optional<String> find(String property) {
        return source.apply(property).map(String::strip).filter(value -> !value.isEmpty());
    }

    public String text(String property, String example) {
        return find(property).orElseThrow(() -> new BadSettingException(property, "is missing", example));
    }

    public String text(String property, String fallback, List<String> allowed) {
        String value = find(property).orElse(fallback);
        if (!allowed.contains(value)) {
            throw new BadSettingException(property, "must be one of " + String.join(", ", allowed), fallback);
        }
        return value;
    }

    public int number(String property, int fallback, int min, int max) {
        String value = find(property).orElse(null);
        if (value == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below like a number out of range.
        }
        throw new BadSettingException(
                property, "must be a whole number from " + min + " to " + max, String.valueOf(fallback));
    }

    /// A span in ISO 8601, such as `PT30S`.
    public Duration duration(String property, Duration fallback, Duration min, Duration max) {
        String value = find(property).orElse(null);
        if (value == null) {
            return fallback;
        }
        try {
            Duration duration = Duration.parse(value);
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            // Told below like a span out of range.
        }
        throw new BadSettingException(
                property, "must be an ISO 8601 duration from " + min + " to " + max, fallback.toString());
    }

    public boolean flag(String property, boolean fallback) {
        return switch (find(property).orElse(String.valueOf(fallback))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadSettingException(property, "must be true or false", String.valueOf(fallback));
        };
    }

    /// The elements of a comma-separated list; empty if there is none.
    public List<String> list(String property) {
        return find(property)
                .map(value -> Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(element -> !element.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /// A secret of exactly that many bytes, written in hex.
    public byte[] hex(String property, int bytes) {
        String example = "<" + 2 * bytes + " hex digits, as from: openssl rand -hex " + bytes + ">";
        String value = text(property, example);
        try {
            byte[] secret = HexFormat.of().parseHex(value);
            if (secret.length == bytes) {
                return secret;
            }
        } catch (IllegalArgumentException e) {
            // Told below like a wrong length.
        }
        throw new BadSettingException(property, "must be " + 2 * bytes + " hex digits", example);
    }
}
