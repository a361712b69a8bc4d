package storm.client.live;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import storm.client.auth.AuthCalls;
import storm.client.auth.Tokens;
import storm.client.http.ServerAddress;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// Gets the address of each new socket, with what proves who comes.
public final class Admission {
    private final ServerAddress address;
    private final AuthCalls auth;
    private final Tokens tokens;
    private volatile LiveSettings.Entry entry;
    private volatile String token = "";

    public Admission(ServerAddress address, AuthCalls auth, Tokens tokens, LiveSettings.Entry entry) {
        this.address = address;
        this.auth = auth;
        this.tokens = tokens;
        this.entry = entry;
    }

    /// The address for one socket; it is a secret.
    URI next() {
        token = tokens.access();
        return switch (entry) {
            case TICKET -> byTicket();
            case TOKEN -> with("token", token);
        };
    }

    /// The access token of the last address, which the server may have refused: gets a newer one.
    void renew() {
        tokens.newerThan(token);
    }

    private URI byTicket() {
        try {
            return with("ticket", auth.ticket().ticket());
        } catch (StormException e) {
            if (e.code() != ErrorCode.NOT_FOUND && e.code() != ErrorCode.METHOD_NOT_ALLOWED) {
                throw e;
            }
            entry = LiveSettings.Entry.TOKEN;
            return next();
        }
    }

    private URI with(String parameter, String secret) {
        return URI.create(address.socket() + "?" + parameter + "=" + URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }
}
