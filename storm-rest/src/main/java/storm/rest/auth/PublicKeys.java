package storm.rest.auth;

import java.util.List;
import java.util.Map;
import storm.protocol.errors.StormException;

/// Answer of GET /auth/jwks: the public keys as a JWK set (RFC 7517).
public record PublicKeys(List<Map<String, Object>> keys) {

    /// @throws StormException NOT_FOUND where a shared secret signs
    @SuppressWarnings("unchecked")
    static PublicKeys of(Map<String, Object> set) {
        List<Map<String, Object>> keys = (List<Map<String, Object>>) set.getOrDefault("keys", List.of());
        if (keys.isEmpty()) {
            throw StormException.notFound("public key");
        }
        return new PublicKeys(keys);
    }
}
