package storm.client.chat;

import java.util.Optional;

/// Where the chat talks to a person, or to a script.
interface Screen extends AutoCloseable {
    /// The next line typed; empty at the end of input.
    Optional<String> readLine(String prompt);

    /// A line that is not shown while it is typed; empty at the end of input.
    Optional<String> readHidden(String prompt);

    /// Shows a line, above what is being typed. From any thread.
    void print(String line);

    @Override
    void close();

    /// Control characters in what others wrote must not move a cursor or ring a bell.
    static String harmless(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t') {
                safe.append(' ');
            } else if (!Character.isISOControl(c)) {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }
}
