package storm.e2e.stores;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A word as it looks when it was encoded but not encrypted.
final class Disguises {
    private Disguises() {}

    /// The word itself, in hexadecimal, and what every Base64 text that has it anywhere inside must contain.
    static List<String> of(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 6) {
            throw new IllegalArgumentException("a word this short turns up by chance");
        }
        Set<String> forms = new LinkedHashSet<>();
        forms.add(word);
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        // Base64 works on groups of three bytes: drop what shares a group with bytes before or after the word.
        for (int offset = 0; offset < 3; offset++) {
            int whole = (bytes.length - offset) / 3 * 3;
            byte[] groups = Arrays.copyOfRange(bytes, offset, offset + whole);
            forms.add(Base64.getEncoder().encodeToString(groups));
            forms.add(Base64.getUrlEncoder().encodeToString(groups));
        }
        return List.copyOf(forms);
    }
}
