package storm.admin.ui;

import java.util.Optional;
import java.util.prefs.Preferences;

/// Memory in the place that the operating system has for preferences.
public final class UserPreferences implements Remembered {
    private final Preferences node = Preferences.userRoot().node("storm/admin");

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(node.get(key, null));
    }

    @Override
    public void put(String key, String value) {
        if (value.length() <= Preferences.MAX_VALUE_LENGTH) {
            node.put(key, value);
        }
    }
}
