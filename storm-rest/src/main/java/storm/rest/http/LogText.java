package storm.rest.http;

/// Text from outside, made harmless for a line of the log.
final class LogText {
    private static final int MAX = 200;

    private LogText() {}

    static String of(String text) {
        String shown = text.length() > MAX ? text.substring(0, MAX) + "…" : text;
        return shown.replaceAll("[^\\x21-\\x7e…]", "?");
    }
}
