package storm.client.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Lines in, lines out: for pipes and scripts. Shows no prompts, so that every line of output is something that
/// happened.
final class PlainScreen implements Screen {
    private final BufferedReader in;
    private final PrintStream out;

    PlainScreen(BufferedReader in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public Optional<String> readLine(String prompt) {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> readHidden(String prompt) {
        return readLine(prompt);
    }

    @Override
    public void print(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    @Override
    public void close() {
        out.flush();
    }
}
