package storm.client;

import java.net.http.HttpClient;
import java.time.Clock;
import java.util.function.Consumer;
import storm.client.audit.AuditCalls;
import storm.client.auth.AuthCalls;
import storm.client.auth.SignedInCalls;
import storm.client.auth.Tokens;
import storm.client.channels.ChannelsCalls;
import storm.client.deadletters.DeadLettersCalls;
import storm.client.http.RestTransport;
import storm.client.http.ServerAddress;
import storm.client.http.Trust;
import storm.client.live.Admission;
import storm.client.live.ConnectionListener;
import storm.client.live.LiveSettings;
import storm.client.live.StormConnection;
import storm.client.messages.MessagesCalls;
import storm.client.queue.QueueCalls;
import storm.client.users.UsersCalls;
import storm.protocol.errors.StormException;

/// A user's way to one Storm server: the REST interface by feature, and [#connect] for what happens live.
///
/// Thread-safe. Calls block their thread, for seconds at most, and throw [StormException] for everything that goes
/// wrong. Tokens stay in memory and are renewed silently.
public final class StormClient implements AutoCloseable {
    private final HttpClient http;
    private final boolean ownsHttp;
    private final Clock clock;
    private final RestTransport transport;
    private final Tokens tokens;
    private final SignedInCalls calls;
    private final AuthCalls auth;

    private StormClient(HttpClient http, boolean ownsHttp, ServerAddress address, Clock clock) {
        this.http = http;
        this.ownsHttp = ownsHttp;
        this.clock = clock;
        this.transport = new RestTransport(http, address);
        this.tokens = new Tokens(transport, clock);
        this.calls = new SignedInCalls(transport, tokens);
        this.auth = new AuthCalls(transport, calls, tokens);
    }

    public static StormClient of(ServerAddress address) {
        return of(address, Trust.authorities());
    }

    public static StormClient of(ServerAddress address, Trust trust) {
        return new StormClient(RestTransport.httpClient(trust), true, address, Clock.systemUTC());
    }

    /// A client for another user of the same server that shares this one's HTTP threads. Close this one last.
    public StormClient another() {
        return new StormClient(http, false, transport.address(), clock);
    }

    public ServerAddress address() {
        return transport.address();
    }

    public boolean isSignedIn() {
        return tokens.isSignedIn();
    }

    /// Calls back when the server ends the session, on the thread that finds out.
    public void whenSessionEnds(Consumer<StormException> callback) {
        tokens.whenEnded(callback);
    }

    public AuthCalls auth() {
        return auth;
    }

    public UsersCalls users() {
        return new UsersCalls(calls);
    }

    public ChannelsCalls channels() {
        return new ChannelsCalls(calls);
    }

    public MessagesCalls messages() {
        return new MessagesCalls(calls);
    }

    public DeadLettersCalls deadLetters() {
        return new DeadLettersCalls(calls);
    }

    public QueueCalls queue() {
        return new QueueCalls(transport, calls);
    }

    public AuditCalls audit() {
        return new AuditCalls(calls);
    }

    /// Opens a live connection, which keeps itself open until it is closed.
    public StormConnection connect(ConnectionListener listener) {
        return connect(listener, LiveSettings.STANDARD);
    }

    public StormConnection connect(ConnectionListener listener, LiveSettings settings) {
        Admission admission = new Admission(transport.address(), auth, tokens, settings.entry());
        return StormConnection.open(http, admission, tokens, listener, settings);
    }

    /// Ends the HTTP threads, and with them every connection. Nothing is signed out.
    @Override
    public void close() {
        if (ownsHttp) {
            http.shutdownNow();
        }
    }
}
