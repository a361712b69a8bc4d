package storm.protocol.errors;

import java.util.Optional;

/// The WebSocket close codes Storm uses and what a client does on each.
public enum CloseCode {
    NORMAL(1000, "normal", Reaction.RECONNECT),
    GOING_AWAY(1001, "going_away", Reaction.RECONNECT),
    TOO_BIG(1009, "too_big", Reaction.RECONNECT),
    SERVER_FAULT(1011, "server_fault", Reaction.RECONNECT),
    TRY_AGAIN_LATER(1013, "try_again_later", Reaction.RECONNECT),
    UNAUTHORIZED(4001, "unauthorized", Reaction.REFRESH),
    BAD_REQUEST(4003, "bad_request", Reaction.STOP),
    POLICY_VIOLATION(4008, "policy_violation", Reaction.STOP),
    SLOW_CONSUMER(4009, "slow_consumer", Reaction.RECONNECT);

    /// What a client does when it is closed.
    public enum Reaction {
        /// Reconnect with backoff, then resume.
        RECONNECT,
        /// Get a new access token first, then reconnect and resume.
        REFRESH,
        /// Stay away: the client itself has to be mended.
        STOP
    }

    private final int code;
    private final String reason;
    private final Reaction reaction;

    CloseCode(int code, String reason, Reaction reaction) {
        this.code = code;
        this.reason = reason;
        this.reaction = reaction;
    }

    /// The number on the wire (RFC 6455, section 7.4).
    public int code() {
        return code;
    }

    /// The reason phrase on the wire.
    public String reason() {
        return reason;
    }

    public Reaction reaction() {
        return reaction;
    }

    /// The close code with that number, if Storm knows it.
    public static Optional<CloseCode> of(int code) {
        for (CloseCode closeCode : values()) {
            if (closeCode.code == code) {
                return Optional.of(closeCode);
            }
        }
        return Optional.empty();
    }
}
