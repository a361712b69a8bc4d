package storm.bench.gateway;

import java.nio.charset.StandardCharsets;

/// Finds what a scenario wants to know in the bytes of a frame, without reading the JSON around it.
final class Frames {
    private static final byte[] NEW = bytes("{\"event\":\"message.new\"");
    private static final byte[] ACK = bytes("{\"event\":\"message.ack\"");
    private static final byte[] READY = bytes("{\"event\":\"connection.ready\"");
    private static final byte[] RESUMED = bytes("{\"event\":\"channel.resumed\"");
    private static final byte[] ERROR = bytes("{\"event\":\"error.");
    private static final byte[] SEQ = bytes("\"seq\":");
    private static final byte[] SENT = bytes("\"content\":\"");
    private static final byte[] COMPLETE = bytes("\"complete\":true");
    private static final byte[] REQUEST = bytes("\"requestId\":\"");

    private Frames() {}

    static boolean isMessage(byte[] frame, int from, int to) {
        return startsWith(frame, from, to, NEW);
    }

    static boolean isAck(byte[] frame, int from, int to) {
        return startsWith(frame, from, to, ACK);
    }

    static boolean isReady(byte[] frame, int from, int to) {
        return startsWith(frame, from, to, READY);
    }

    static boolean isResumed(byte[] frame, int from, int to) {
        return startsWith(frame, from, to, RESUMED);
    }

    static boolean isError(byte[] frame, int from, int to) {
        return startsWith(frame, from, to, ERROR);
    }

    static boolean isComplete(byte[] frame, int from, int to) {
        return indexOf(frame, from, to, COMPLETE) >= 0;
    }

    /// The seq of a `message.new`.
    static long seq(byte[] frame, int from, int to) {
        return numberAfter(frame, lastIndexOf(frame, from, to, SEQ), SEQ);
    }

    /// The number that the content begins with.
    static long contentNumber(byte[] frame, int from, int to) {
        return numberAfter(frame, indexOf(frame, from, to, SENT), SENT);
    }

    /// The requestId, which a scenario made a number.
    static long requestNumber(byte[] frame, int from, int to) {
        return numberAfter(frame, indexOf(frame, from, to, REQUEST), REQUEST);
    }

    private static long numberAfter(byte[] frame, int at, byte[] what) {
        if (at < 0) {
            return -1;
        }
        long number = 0;
        for (int i = at + what.length; frame[i] >= '0' && frame[i] <= '9'; i++) {
            number = 10 * number + frame[i] - '0';
        }
        return number;
    }

    private static boolean startsWith(byte[] frame, int from, int to, byte[] what) {
        return to - from >= what.length && matches(frame, from, what);
    }

    private static int indexOf(byte[] frame, int from, int to, byte[] what) {
        for (int i = from; i <= to - what.length; i++) {
            if (matches(frame, i, what)) {
                return i;
            }
        }
        return -1;
    }

    private static int lastIndexOf(byte[] frame, int from, int to, byte[] what) {
        for (int i = to - what.length; i >= from; i--) {
            if (matches(frame, i, what)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] frame, int at, byte[] what) {
        for (int i = 0; i < what.length; i++) {
            if (frame[at + i] != what[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
