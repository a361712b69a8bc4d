package storm.client.chat;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import storm.client.SocketPeer;
import storm.client.StormClient;
import storm.client.http.ServerAddress;
import storm.client.http.Trust;
import storm.embedded.fixture.RestPeer;
import storm.embedded.fixture.RestPeer.Reply;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.AckStatus;

/// The chat from what is typed to what is shown, as through a pipe.
class ChatTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final UserId ALICE = new UserId("0123456789abcdef01234567");
    private static final UserId BOB = new UserId("0123456789abcdef01234568");
    private static final ChannelId GENERAL = new ChannelId("aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final ChannelId OTHER = new ChannelId("bbbbbbbbbbbbbbbbbbbbbbbb");

    private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();
    private final PipedWriter typed = new PipedWriter();
    private RestPeer rest;
    private SocketPeer peer;

    @BeforeEach
    void start() throws Exception {
        rest = new RestPeer()
                .on("POST /auth/login", _ -> Reply.tokens("access-1", "refresh-1"))
                .on("POST /auth/register", _ -> Reply.tokens("access-1", "refresh-1"))
                .on("POST /auth/logout", _ -> Reply.data("{}"))
                .on("POST /auth/ws-ticket", _ -> Reply.data("{\"ticket\":\"t1\",\"expiresIn\":30}"))
                .on("GET /users/me", _ -> Reply.data(user(ALICE, "alice")))
                .on("GET /users/" + ALICE, _ -> Reply.data(user(ALICE, "alice")))
                .on("GET /users/" + BOB, _ -> Reply.data(user(BOB, "bob")))
                .on("GET /channels", _ -> Reply.data("{\"channels\":[%s]}".formatted(channel(GENERAL, "general"))))
                .on("GET /channels/" + OTHER, _ -> Reply.data(channel(OTHER, "other")))
                .on(
                        "GET /channels/" + GENERAL + "/messages",
                        _ -> Reply.data("{\"messages\":[%s,%s]}".formatted(stored(2, "second"), stored(1, "first"))));
        peer = new SocketPeer();
    }

    @AfterEach
    void stop() throws Exception {
        peer.close();
        rest.close();
    }

    private static String user(UserId id, String name) {
        return """
                {"id":"%s","username":"%s","role":"member","isActive":true,"createdAt":"2030-01-01T00:00:00Z"}""".formatted(id, name);
    }

    private static String channel(ChannelId id, String name) {
        return """
                {"id":"%s","name":"%s","description":"","createdBy":"%s","members":["%s"],"isArchived":false,\
                "lastSeq":2,"createdAt":"2030-01-01T00:00:00Z","updatedAt":"2030-01-01T00:00:00Z"}""".formatted(id, name, ALICE, ALICE);
    }

    private static String stored(long seq, String text) {
        return """
                {"id":"cccccccccccccccccccccccc","messageId":"00000000-0000-4000-8000-%012d","channelId":"%s",\
                "senderId":"%s","seq":%d,"content":"%s","deliveryStatus":"delivered",\
                "clientTs":"2030-01-01T00:00:00Z","createdAt":"2030-01-01T00:00:00Z"}""".formatted(seq, GENERAL, BOB, seq, text);
    }

    private static ServerEvent.MessageNew message(ChannelId channel, long seq, String text) {
        return new ServerEvent.MessageNew(
                new MessageId("00000000-0000-4000-8000-%012d".formatted(seq)), channel, BOB, seq, text, NOW, NOW);
    }

    private CompletableFuture<Integer> chat(String... arguments) throws Exception {
        ChatOptions options = ChatOptions.parse(List.of(arguments), Map.of("STORM_CHAT_PASSWORD", "Secret-pass-1"));
        PrintStream out = new PrintStream(new Lines(shown), true);
        Screen screen = new PlainScreen(new BufferedReader(new PipedReader(typed)), out);
        StormClient client = StormClient.of(ServerAddress.of(rest.url(), peer.url()), Trust.authorities());
        return CompletableFuture.supplyAsync(
                () -> {
                    try (client) {
                        return Chat.chat(options, screen, client);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private SocketPeer.Session standing() throws Exception {
        SocketPeer.Session session = peer.session();
        session.send(new ServerEvent.ConnectionReady(
                ALICE,
                new SessionId("00000000-0000-4000-8000-000000000000"),
                NOW,
                "e1",
                List.of(new ServerEvent.ChannelPosition(GENERAL, 2), new ServerEvent.ChannelPosition(OTHER, 0)),
                new ServerEvent.Limits(60, 65536, 4000)));
        return session;
    }

    private void type(String line) throws Exception {
        typed.write(line + "\n");
        typed.flush();
    }

    private void expect(String part) throws InterruptedException {
        for (String line = shown.poll(20, TimeUnit.SECONDS); ; line = shown.poll(20, TimeUnit.SECONDS)) {
            assertThat(line).as("waiting for " + part).isNotNull();
            if (line.contains(part)) {
                return;
            }
        }
    }

    @Test
    void channelShowsItsHistoryThenWhatHappens() throws Exception {
        var chat = chat("--email", "alice@example.org", "--channel", "general");
        SocketPeer.Session session = standing();

        expect("bob: first");
        expect("bob: second");
        session.send(message(GENERAL, 2, "second"));
        session.send(message(GENERAL, 3, "third"));
        String next = shown.poll(20, TimeUnit.SECONDS);
        assertThat(next).contains("bob: third");
        session.send(message(OTHER, 1, "elsewhere"));
        expect("(#other) bob: elsewhere");

        type("/quit");
        assertThat(chat.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(rest.count("POST /auth/logout")).isEqualTo(1);
    }

    @Test
    void typedLineIsSent() throws Exception {
        var chat = chat("--email", "alice@example.org", "--channel", "general");
        SocketPeer.Session session = standing();
        expect("second");

        type("hello all");
        JsonObject frame = session.expect("message.send");
        assertThat(frame.getJsonObject("payload").getString("content")).isEqualTo("hello all");
        session.send(
                frame.getString("requestId"),
                new ServerEvent.MessageAck(
                        new MessageId(frame.getJsonObject("payload").getString("messageId")), AckStatus.QUEUED, NOW));

        typed.close();
        assertThat(chat.get(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void refusedLineIsTold() throws Exception {
        var chat = chat("--email", "alice@example.org", "--channel", "general");
        SocketPeer.Session session = standing();
        expect("second");

        type("hello all");
        session.send(session.expect("message.send").getString("requestId"), new ServerEvent.Forbidden(GENERAL));

        expect("! not sent: not a member of this channel");
        typed.close();
        assertThat(chat.get(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void lineWithoutAChannelIsAnswered() throws Exception {
        var chat = chat("--email", "alice@example.org");
        standing();
        expect("#general");

        type("hello");

        expect("you are in no channel");
        typed.close();
        assertThat(chat.get(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void emptyEmailRegisters() throws Exception {
        var chat = chat();
        type("");
        type("alice@example.org");
        type("alice");
        standing();

        expect("hello alice");
        typed.close();
        assertThat(chat.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(rest.calls().getFirst().body()).contains("\"username\":\"alice\"");
    }

    @Test
    void wrongPasswordIsOneClearLine() throws Exception {
        rest.on("POST /auth/login", _ -> Reply.error(401, "UNAUTHORIZED"));

        assertThat(chat("--email", "alice@example.org").get(20, TimeUnit.SECONDS))
                .isEqualTo(1);

        assertThat(shown).containsExactly("! as asked");
    }

    @Test
    void inputThatEndsAtTheSignInEndsTheChat() throws Exception {
        PlainScreen screen =
                new PlainScreen(new BufferedReader(new StringReader("")), new PrintStream(new Lines(shown), true));
        try (StormClient client = StormClient.of(ServerAddress.of(rest.url()))) {
            assertThat(Chat.chat(ChatOptions.parse(List.of(), Map.of()), screen, client))
                    .isEqualTo(1);
        }
    }
}
