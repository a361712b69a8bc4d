package storm.bench.bare;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/// Answers `message.send` with an ack and sends a `message.new` of the same length as Storm's to everybody: one bounded
/// queue and one virtual thread per session, and neither Redis nor checks of any kind.
@ServerEndpoint("/ws")
public class BareEndpoint {
    private static final int QUEUE = 1_000;
    private static final Map<String, Peer> PEERS = new ConcurrentHashMap<>();
    private static final Object ORDER = new Object();
    private static long seq;

    /// A session with its queue and its writer.
    private record Peer(ArrayBlockingQueue<String> queue, Thread writer) {}

    @OnOpen
    public void open(Session session) {
        session.setMaxIdleTimeout(0);
        RemoteEndpoint.Basic remote = session.getBasicRemote();
        ArrayBlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE);
        queue.add("{\"event\":\"connection.ready\",\"requestId\":\"\",\"payload\":{}}");
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    remote.sendText(queue.take());
                }
            } catch (IOException | InterruptedException e) {
                // The session is over.
            }
        });
        PEERS.put(session.getId(), new Peer(queue, writer));
    }

    @OnMessage
    public void message(String text, Session session) throws InterruptedException {
        String requestId = between(text, "\"requestId\":\"");
        String messageId = between(text, "\"messageId\":\"");
        Peer sender = PEERS.get(session.getId());
        if (sender != null) {
            sender.queue.put("{\"event\":\"message.ack\",\"requestId\":\"" + requestId
                    + "\",\"payload\":{\"messageId\":\"" + messageId
                    + "\",\"status\":\"queued\",\"ts\":\"2030-01-31T12:00:00.000Z\"}}");
        }
        synchronized (ORDER) {
            seq++;
            String frame = "{\"event\":\"message.new\",\"requestId\":\"\",\"payload\":{\"channelId\":\""
                    + between(text, "\"channelId\":\"") + "\",\"clientTs\":\"2030-01-31T12:00:00Z\",\"content\":\""
                    + between(text, "\"content\":\"") + "\",\"messageId\":\"" + messageId
                    + "\",\"senderId\":\"0123456789abcdef01234567\",\"seq\":" + seq
                    + ",\"serverTs\":\"2030-01-31T12:00:00.123Z\"}}";
            for (Peer peer : PEERS.values()) {
                peer.queue.put(frame);
            }
        }
    }

    @OnClose
    public void close(Session session) {
        Peer gone = PEERS.remove(session.getId());
        if (gone != null) {
            gone.writer.interrupt();
        }
    }

    private static String between(String text, String before) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf('"', from));
    }
}
