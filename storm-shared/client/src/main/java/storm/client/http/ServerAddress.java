package storm.client.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import storm.protocol.errors.StormException;

/// Where a Storm server is: the root of its REST interface and the address of its WebSocket.
///
/// @param rest `http` or `https`, without `/api/v1`
/// @param socket `ws` or `wss`, complete
public record ServerAddress(URI rest, URI socket) {
    private static final String REST_PATH = "/api/v1";
    private static final String SOCKET_PATH = "/ws";

    /// The address of a server that has REST and WebSocket on one port.
    ///
    /// @param text such as `https://storm.example.org` or `localhost:9080`; without a scheme it is `https`, save
    ///     for this machine itself
    /// @throws StormException VALIDATION_ERROR if it is no such address
    public static ServerAddress of(String text) {
        URI root = root(text);
        return new ServerAddress(root, socketOf(root));
    }

    /// The address of separate servers for REST and WebSocket.
    public static ServerAddress of(String rest, String socket) {
        return new ServerAddress(root(rest), socketOf(root(socket)));
    }

    /// The full address of a REST path such as `/channels`.
    URI resource(String pathAndQuery) {
        return URI.create(rest + REST_PATH + pathAndQuery);
    }

    public boolean isEncrypted() {
        return "https".equals(rest.getScheme());
    }

    private static URI root(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw StormException.invalid("url", "must be an address such as https://storm.example.org");
        }
        String full = trimmed.contains("://") ? trimmed : (isLoopback(trimmed) ? "http://" : "https://") + trimmed;
        try {
            URI uri = new URI(full);
            String scheme = httpScheme(uri.getScheme());
            String path = withoutKnownPath(uri.getPath());
            if (uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null) {
                throw StormException.invalid("url", "must be an address such as https://storm.example.org");
            }
            return new URI(scheme, null, uri.getHost(), uri.getPort(), path.isEmpty() ? null : path, null, null);
        } catch (URISyntaxException e) {
            throw StormException.invalid("url", "must be an address such as https://storm.example.org");
        }
    }

    private static String httpScheme(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> "http";
            case "https", "wss" -> "https";
            default -> throw StormException.invalid("url", "must begin with https:// or http://");
        };
    }

    private static String withoutKnownPath(String given) {
        String path = given;
        for (String known : new String[] {"/", REST_PATH, SOCKET_PATH, "/"}) {
            if (path.endsWith(known)) {
                path = path.substring(0, path.length() - known.length());
            }
        }
        return path;
    }

    private static boolean isLoopback(String text) {
        return text.startsWith("localhost") || text.startsWith("127.") || text.startsWith("[::1]");
    }

    private static URI socketOf(URI root) {
        String text = root.toString();
        return URI.create(
                ("https".equals(root.getScheme()) ? "wss" : "ws") + text.substring(text.indexOf("://")) + SOCKET_PATH);
    }
}
