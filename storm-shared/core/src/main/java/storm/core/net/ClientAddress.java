package storm.core.net;

import java.util.List;
import storm.core.config.BadSettingException;
import storm.core.config.Settings;

/// Finds the address of the client behind trusted proxies.
public final class ClientAddress {
    private static final String PROXIES = "storm.trusted.proxies";

    private final List<AddressRange> trusted;

    /// @param trusted peers whose X-Forwarded-For is believed
    public ClientAddress(List<AddressRange> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /// Reads STORM_TRUSTED_PROXIES.
    public static ClientAddress from(Settings settings) {
        return new ClientAddress(
                settings.list(PROXIES).stream().map(ClientAddress::range).toList());
    }

    private static AddressRange range(String text) {
        try {
            return AddressRange.of(text);
        } catch (IllegalArgumentException _) {
            throw new BadSettingException(PROXIES, "must be address ranges (CIDR), by commas", "10.0.0.0/8,::1/128");
        }
    }

    public boolean isTrusted(String peer) {
        return trusted.stream().anyMatch(range -> range.contains(peer));
    }

    /// The nearest address that no trusted proxy has: what stands further left in `X-Forwarded-For` anybody can
    /// write.
    ///
    /// @param forwardedFor the values of all headers `X-Forwarded-For`, in their order: some proxies write into the
    ///     client's, others add their own
    public String of(String peer, List<String> forwardedFor) {
        if (forwardedFor.isEmpty() || !isTrusted(peer)) {
            return peer;
        }
        String client = peer;
        String[] hops = String.join(",", forwardedFor).split(",", -1);
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
