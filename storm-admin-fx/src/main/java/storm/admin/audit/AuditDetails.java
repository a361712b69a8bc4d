package storm.admin.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import storm.admin.ui.Names;
import storm.admin.ui.Texts;
import storm.protocol.audit.AuditEntry;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;

/// The details of audited actions in the person's words, with names for ids: `Role: Member → Moderator`.
final class AuditDetails {
    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    private final Texts texts;
    private final Names names;

    AuditDetails(Texts texts, Names names) {
        this.texts = texts;
        this.names = names;
    }

    /// The details as the server wrote them, a line each.
    static String exact(AuditEntry entry) {
        return new TreeMap<>(entry.details())
                .entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue())
                        .collect(Collectors.joining("\n"));
    }

    ObservableValue<String> show(AuditEntry entry) {
        Map<String, String> details = entry.details();
        List<ObservableValue<String>> parts = new ArrayList<>();
        for (String key : new TreeSet<>(details.keySet())) {
            String value = details.getOrDefault(key, "");
            String after = isBefore(key) ? details.get(after(key)) : null;
            if (after != null) {
                String what = key.equals(BEFORE) ? entry.action() : key.substring(0, key.length() - BEFORE.length());
                parts.add(plain(label(what) + ": " + word(key, value) + " → " + word(key, after)));
            } else if (details.keySet().stream()
                    .noneMatch(other -> isBefore(other) && after(other).equals(key))) {
                String label = label(key);
                parts.add(value(key, value).map(shown -> label + ": " + shown));
            }
        }
        return Bindings.createStringBinding(
                () -> parts.stream().map(ObservableValue::getValue).collect(Collectors.joining(" · ")),
                parts.toArray(Observable[]::new));
    }

    private static boolean isBefore(String key) {
        return key.equals(BEFORE) || key.endsWith("Before");
    }

    private static String after(String before) {
        return before.equals(BEFORE) ? AFTER : before.substring(0, before.length() - BEFORE.length()) + "After";
    }

    private String label(String key) {
        return texts.getOr("audit.detail." + key, key);
    }

    private ObservableValue<String> value(String key, String value) {
        return switch (key) {
            case "userId", "senderId" -> names.user(new UserId(value));
            case "channelId" -> names.channel(new ChannelId(value));
            default -> plain(word(key, value));
        };
    }

    /// A word of the server's in the person's language; a name, or anything else, as it came.
    private String word(String key, String value) {
        return key.toLowerCase(Locale.ROOT).contains("name")
                ? value
                : texts.getOr("role." + value, texts.getOr("audit.word." + value, value));
    }

    private static ObservableValue<String> plain(String text) {
        return new ReadOnlyStringWrapper(text).getReadOnlyProperty();
    }
}
