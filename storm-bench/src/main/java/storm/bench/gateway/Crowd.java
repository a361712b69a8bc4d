package storm.bench.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import storm.client.StormClient;
import storm.client.http.RestCall;
import storm.client.http.RestTransport;
import storm.client.http.ServerAddress;
import storm.client.http.Trust;
import storm.protocol.auth.AuthTokens;
import storm.protocol.auth.RegisterRequest;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;
import storm.protocol.users.User;

/// Users made for one run, all members of one channel, and the access tokens that their sockets open with.
final class Crowd implements AutoCloseable {
    private static final int AT_ONCE = 4;

    private final StormClient owner;
    private final List<ChannelId> channels;
    private final List<String> tokens;

    private Crowd(StormClient owner, List<ChannelId> channels, List<String> tokens) {
        this.owner = owner;
        this.channels = List.copyOf(channels);
        this.tokens = List.copyOf(tokens);
    }

    /// Nobody, for an endpoint that asks for no token.
    static Crowd ofNobody(ServerAddress address) {
        return new Crowd(StormClient.of(address), List.of(new ChannelId("0123456789abcdef01234567")), List.of("none"));
    }

    /// Registers users and gives each a channel where nobody else is.
    ///
    /// @throws storm.protocol.errors.StormException if the server refuses, such as for its limit of public calls
    static Crowd apart(ServerAddress address, int users) {
        RestTransport transport = new RestTransport(RestTransport.httpClient(Trust.authorities()), address);
        String run = UUID.randomUUID().toString().substring(0, 8);
        List<ChannelId> channels = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        StormClient client = StormClient.of(address);
        for (int i = 0; i < users; i++) {
            AuthTokens theirs = register(transport, run, i);
            client.auth().adopt(theirs);
            tokens.add(theirs.accessToken());
            channels.add(client.channels()
                    .create("bench_" + run + "_" + i, "made by a benchmark")
                    .id());
        }
        return new Crowd(client, channels, tokens);
    }

    /// Registers users and puts them into a channel of their own.
    ///
    /// @throws storm.protocol.errors.StormException if the server refuses, such as for its limit of public calls
    static Crowd gather(ServerAddress address, int users) throws InterruptedException {
        RestTransport transport = new RestTransport(RestTransport.httpClient(Trust.authorities()), address);
        String run = UUID.randomUUID().toString().substring(0, 8);
        StormClient owner = StormClient.of(address);
        AuthTokens owners = register(transport, run, 0);
        owner.auth().adopt(owners);
        ChannelId channel =
                owner.channels().create("bench_" + run, "made by a benchmark").id();
        List<String> tokens = new ArrayList<>(List.of(owners.accessToken()));
        try (ExecutorService some = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<String>> joining = new ArrayList<>();
            for (int i = 1; i < users; i++) {
                int number = i;
                joining.add(some.submit(() -> {
                    String token = register(transport, run, number).accessToken();
                    UserId id = transport
                            .call(RestCall.get("/users/me"), token)
                            .as(User.class)
                            .id();
                    owner.channels().addMember(channel, id);
                    return token;
                }));
            }
            for (Future<String> each : joining) {
                tokens.add(each.get());
            }
        } catch (ExecutionException e) {
            owner.close();
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        }
        return new Crowd(owner, List.of(channel), tokens);
    }

    private static AuthTokens register(RestTransport transport, String run, int number) {
        String name = "bench_" + run + "_" + number;
        RegisterRequest request = new RegisterRequest(name, name + "@bench.invalid", "Bench-" + UUID.randomUUID());
        return transport.call(RestCall.post("/auth/register", request), null).as(AuthTokens.class);
    }

    /// The channel that a socket speaks in.
    ChannelId channel(int socket) {
        return channels.get(socket % channels.size());
    }

    /// A token for a socket; the users take turns.
    String token(int socket) {
        return tokens.get(socket % tokens.size());
    }

    /// Sends to the channel by REST, as somebody does whose gateway is down.
    void post(String text) {
        owner.messages()
                .send(channels.getFirst(), new MessageId(UUID.randomUUID().toString()), text, Instant.now());
    }

    @Override
    public void close() {
        owner.close();
    }
}
