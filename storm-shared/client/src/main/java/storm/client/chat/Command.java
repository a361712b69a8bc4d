package storm.client.chat;

import java.util.Locale;

/// A line that was typed, understood.
sealed interface Command {
    String HELP = """
            /channels              your channels, with what you have not read
            /join NAME             enter a channel
            /create NAME [ABOUT]   make a channel and enter it
            /invite WHO            add somebody to this channel, by name or id
            /members               who is in this channel
            /leave                 leave this channel for good
            /history [N]           the last messages again (20)
            /me                    your name and the id that others invite you by
            /help                  this
            /quit                  the end, as Ctrl-D
            Everything else is sent to the channel; begin with // to send a line that begins with /.""";

    record Say(String text) implements Command {}

    record ListChannels() implements Command {}

    record Join(String name) implements Command {}

    record Create(String name, String about) implements Command {}

    record Invite(String who) implements Command {}

    record Members() implements Command {}

    record Leave() implements Command {}

    record History(int count) implements Command {}

    record Me() implements Command {}

    record Help() implements Command {}

    record Quit() implements Command {}

    /// @param why what to say to the typist
    record Unclear(String why) implements Command {}

    record Nothing() implements Command {}

    static Command parse(String line) {
        String text = line.strip();
        if (text.isEmpty()) {
            return new Nothing();
        }
        if (!text.startsWith("/")) {
            return new Say(text);
        }
        if (text.startsWith("//")) {
            return new Say(text.substring(1));
        }
        String[] words = text.split("\\s+", 3);
        String first = words.length > 1 ? words[1] : "";
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "/channels", "/list" -> new ListChannels();
            case "/join" -> first.isEmpty() ? new Unclear("/join which channel?") : new Join(withoutHash(first));
            case "/create" ->
                first.isEmpty()
                        ? new Unclear("/create which name?")
                        : new Create(withoutHash(first), words.length > 2 ? words[2] : "");
            case "/invite" -> first.isEmpty() ? new Unclear("/invite whom?") : new Invite(first);
            case "/members", "/who" -> new Members();
            case "/leave" -> new Leave();
            case "/history" -> history(first);
            case "/me" -> new Me();
            case "/help" -> new Help();
            case "/quit", "/exit" -> new Quit();
            default -> new Unclear("there is no " + words[0] + "; /help shows what there is");
        };
    }

    private static Command history(String count) {
        if (count.isEmpty()) {
            return new History(20);
        }
        return count.matches("[0-9]{1,2}|100")
                ? new History(Math.max(1, Integer.parseInt(count)))
                : new Unclear("/history takes a number up to 100");
    }

    private static String withoutHash(String name) {
        return name.startsWith("#") ? name.substring(1) : name;
    }
}
