package storm.rest.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the address of the client behind trusted proxies.
final class ClientAddress {
    private final List<AddressRange> trusted;

    ClientAddress(List<AddressRange> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    boolean isTrusted(String peer) {
        return trusted.stream().anyMatch(range -> range.contains(peer));
    }

    /// The nearest address that no trusted proxy has: what stands further left in `X-Forwarded-For` anybody can
    /// write.
    String of(String peer, @Nullable String forwardedFor) {
        if (forwardedFor == null || !isTrusted(peer)) {
            return peer;
        }
        String client = peer;
        String[] hops = forwardedFor.split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = hops[i].strip();
            if (!AddressRange.isAddress(hop)) {
                return client;
            }
            client = hop;
            if (!isTrusted(hop)) {
                return client;
            }
        }
        return client;
    }
}
