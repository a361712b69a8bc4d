package storm.protocol.auth;

/// A single-use ticket that opens one WebSocket.
///
/// @param expiresIn seconds until it is worth nothing
public record WsTicket(String ticket, long expiresIn) {
    @Override
    public String toString() {
        return "WsTicket[masked]";
    }
}
