package storm.rest.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// A range of IP addresses in CIDR form (RFC 4632), such as `10.0.0.0/8`; a bare address is a range of one.
final class AddressRange {
    private final byte[] network;
    private final int prefix;

    private AddressRange(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /// @throws IllegalArgumentException if it is none; names are never looked up
    static AddressRange of(String text) {
        int slash = text.indexOf('/');
        byte[] network = address(slash < 0 ? text : text.substring(0, slash));
        int prefix = slash < 0 ? network.length * 8 : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > network.length * 8) {
            throw new IllegalArgumentException("prefix out of range");
        }
        return new AddressRange(network, prefix);
    }

    boolean contains(String text) {
        byte[] address;
        try {
            address = address(text);
        } catch (IllegalArgumentException _) {
            return false;
        }
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += 8) {
            int mask = prefix - bit >= 8 ? 0xff : 0xff << (8 - (prefix - bit)) & 0xff;
            if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    static boolean isAddress(String text) {
        try {
            address(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static byte[] address(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!bare.matches("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}")) {
            throw new IllegalArgumentException("not an IP address");
        }
        try {
            return InetAddress.getByName(bare).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address", e);
        }
    }
}
