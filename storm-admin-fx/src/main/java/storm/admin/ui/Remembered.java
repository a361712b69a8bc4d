package storm.admin.ui;

import java.util.Optional;

/// What the console remembers from one start to the next. Never a password or a token.
public interface Remembered {
    Optional<String> get(String key);

    void put(String key, String value);
}
