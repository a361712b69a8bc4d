package storm.e2e.people;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import storm.client.StormClient;
import storm.client.http.ServerAddress;
import storm.client.live.LiveSettings;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainSocket;
import storm.protocol.auth.AuthTokens;
import storm.protocol.channels.Channel;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.protocol.json.Json;
import storm.protocol.messages.MessageAccepted;
import storm.protocol.users.User;

/// A registered user with a client, and with the token that the client keeps to itself, for what a client never does.
public final class Person implements AutoCloseable {
    private static final LiveSettings QUICK = LiveSettings.STANDARD
            .withEntry(LiveSettings.Entry.TOKEN)
            .withBackoff(Duration.ofMillis(100), Duration.ofMillis(500));

    private final String username;
    private final String email;
    private final String password;
    private final ServerAddress address;
    private final StormClient client;
    private final UserId id;
    private final String token;
    private final List<AutoCloseable> open = new ArrayList<>();

    private Person(String email, String password, ServerAddress address, AuthTokens tokens) {
        this.email = email;
        this.password = password;
        this.address = address;
        this.client = StormClient.of(address);
        this.token = tokens.accessToken();
        client.auth().adopt(tokens);
        Words.keep(tokens.accessToken());
        Words.keep(tokens.refreshToken());
        User me = client.users().me();
        this.id = me.id();
        this.username = me.username();
    }

    /// Somebody new.
    public static Person register(ServerAddress address, String kind) {
        return registerAs(address, Words.name(kind));
    }

    /// Somebody new of this very name.
    public static Person registerAs(ServerAddress address, String username) {
        String email = Words.email(username);
        String password = Words.password();
        PlainRest.Answer answer = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> rest(address)
                                .post("/auth/register", Json.write(new Registration(username, email, password))),
                        latest -> latest.status() != 503); // A busy machine says so, and people try again.
        if (answer.status() != 201) {
            throw new IllegalStateException("register answered " + answer.status() + " " + answer.body());
        }
        return new Person(email, password, address, tokens(answer));
    }

    /// Somebody who is known already.
    public static Person login(ServerAddress address, String email, String password) {
        PlainRest.Answer answer = rest(address).post("/auth/login", Json.write(new Login(email, password)));
        if (answer.status() != 200) {
            throw new IllegalStateException("login answered " + answer.status() + " " + answer.body());
        }
        return new Person(email, password, address, tokens(answer));
    }

    /// The body of a registration.
    public record Registration(String username, String email, String password) {}

    /// The body of a sign-in.
    public record Login(String email, String password) {}

    private static AuthTokens tokens(PlainRest.Answer answer) {
        return Json.read(answer.data().toString(), AuthTokens.class);
    }

    private static PlainRest rest(ServerAddress address) {
        return PlainRest.at(address.rest().resolve("/api/v1"));
    }

    public String username() {
        return username;
    }

    public String email() {
        return email;
    }

    public String password() {
        return password;
    }

    public UserId id() {
        return id;
    }

    public StormClient client() {
        return client;
    }

    /// The access token of the client's session, as it was at first.
    public String token() {
        return token;
    }

    /// REST by hand as this person.
    public PlainRest rest() {
        return rest(address).withToken(token);
    }

    /// A ready socket by hand as this person, closed with the person.
    public PlainSocket socket() {
        return keep(PlainSocket.ready(address.socket(), token));
    }

    /// A live connection of the client, ready, closed with the person.
    public Phone phone() {
        return keep(Phone.connect(client, QUICK));
    }

    /// Makes a channel with these members beside its creator.
    public ChannelId channelWith(Person... members) {
        Channel channel = client.channels().create(Words.name("channel"), null);
        for (Person member : members) {
            client.channels().addMember(channel.id(), member.id());
        }
        return channel.id();
    }

    /// Sends by REST.
    public MessageAccepted post(ChannelId channel, String text) {
        return post(channel, new MessageId(PlainRest.newId()), text);
    }

    /// Sends by REST under an id, so that trying again is safe.
    public MessageAccepted post(ChannelId channel, MessageId id, String text) {
        return client.messages().send(channel, id, text, Instant.now());
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        open.add(closeable);
        return closeable;
    }

    @Override
    public void close() {
        for (AutoCloseable each : open.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("could not close " + each, e);
            }
        }
        client.close();
    }
}
