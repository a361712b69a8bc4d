package storm.client.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;

/// How far each channel was heard. It drops repeats, and keeps order while a resume is under way.
///
/// While a channel resumes, live events may overtake the missed ones; they are held until the missed ones are there.
/// Numbers may be left out for good (an event that was given up), so only `channel.resumed` tells that none is
/// missing. Not thread-safe.
final class Positions {
    /// Events of a channel that are no longer kept.
    record Missed(ChannelId channel, long afterSeq, long upToSeq) {}

    /// What the end of a resume sets free.
    record Resumed(List<ServerEvent.ChannelEvent> events, Optional<Missed> missed) {}

    private static final class Position {
        private long seq;
        private boolean resuming;
        private final TreeMap<Long, ServerEvent.ChannelEvent> ahead = new TreeMap<>();

        private Position(long seq) {
            this.seq = seq;
        }
    }

    private final Map<ChannelId, Position> positions = new HashMap<>();
    private boolean begun;

    /// A connection stands: notes its channels and tells what to resume.
    ///
    /// The first time there is nothing to resume. Later a channel that is new to us was joined meanwhile:
    /// everything in it is told as missed.
    List<Missed> begin(ServerEvent.ConnectionReady ready) {
        List<Missed> missed = new ArrayList<>();
        Map<ChannelId, Position> known = Map.copyOf(positions);
        positions.clear();
        for (ServerEvent.ChannelPosition channel : ready.channels()) {
            Position position = known.get(channel.channelId());
            if (position == null) {
                position = new Position(channel.lastSeq());
                if (begun && channel.lastSeq() > 0) {
                    missed.add(new Missed(channel.channelId(), 0, channel.lastSeq()));
                }
            } else {
                position.resuming = true;
                position.ahead.clear();
            }
            positions.put(channel.channelId(), position);
        }
        begun = true;
        return missed;
    }

    /// What has to be asked for, in frames of the size that the server takes.
    List<ClientEvent.ChannelResume> toResume() {
        List<ClientEvent.ChannelResume.Position> open = positions.entrySet().stream()
                .filter(each -> each.getValue().resuming)
                .map(each -> new ClientEvent.ChannelResume.Position(each.getKey(), each.getValue().seq))
                .toList();
        List<ClientEvent.ChannelResume> frames = new ArrayList<>();
        for (int from = 0; from < open.size(); from += ClientEvent.ChannelResume.MAX) {
            frames.add(new ClientEvent.ChannelResume(
                    open.subList(from, Math.min(from + ClientEvent.ChannelResume.MAX, open.size()))));
        }
        return frames;
    }

    boolean isResuming() {
        return positions.values().stream().anyMatch(each -> each.resuming);
    }

    /// Takes an event and returns those that are due now: none if it is a repeat or has to wait.
    List<ServerEvent.ChannelEvent> accept(ServerEvent.ChannelEvent event) {
        Position position = positions.computeIfAbsent(event.channelId(), _ -> new Position(event.seq() - 1));
        if (event.seq() <= position.seq) {
            return List.of();
        }
        if (!position.resuming) {
            position.seq = event.seq();
            return List.of(event);
        }
        position.ahead.put(event.seq(), event);
        List<ServerEvent.ChannelEvent> due = new ArrayList<>();
        while (!position.ahead.isEmpty() && position.ahead.firstKey() == position.seq + 1) {
            position.seq++;
            due.add(position.ahead.pollFirstEntry().getValue());
        }
        return due;
    }

    /// The server has sent what it has.
    Resumed resumed(ServerEvent.ChannelResumed end) {
        Position position = positions.get(end.channelId());
        if (position == null) {
            return new Resumed(List.of(), Optional.empty());
        }
        if (!position.resuming) {
            // Unasked: the server could not fill a gap, or lost what it kept.
            long before = position.seq;
            position.seq = end.upToSeq();
            return new Resumed(
                    List.of(),
                    end.complete()
                            ? Optional.empty()
                            : Optional.of(new Missed(end.channelId(), before, end.upToSeq())));
        }
        long heard = position.seq;
        List<ServerEvent.ChannelEvent> due = List.copyOf(position.ahead.values());
        release(position);
        if (end.complete()) {
            position.seq = Math.max(position.seq, end.upToSeq());
            return new Resumed(due, Optional.empty());
        }
        // After a loss of the server's data its numbers may even be lower than ours.
        position.seq = due.isEmpty() ? end.upToSeq() : Math.max(position.seq, end.upToSeq());
        return new Resumed(due, Optional.of(new Missed(end.channelId(), heard, end.upToSeq())));
    }

    /// The server will not resume this channel, such as for one who is no member any more.
    List<ServerEvent.ChannelEvent> refused(ChannelId channel) {
        Position position = positions.get(channel);
        if (position == null || !position.resuming) {
            return List.of();
        }
        List<ServerEvent.ChannelEvent> due = List.copyOf(position.ahead.values());
        release(position);
        return due;
    }

    /// The channel is gone, or no longer ours.
    void forget(ChannelId channel) {
        positions.remove(channel);
    }

    private static void release(Position position) {
        if (!position.ahead.isEmpty()) {
            position.seq = position.ahead.lastKey();
        }
        position.ahead.clear();
        position.resuming = false;
    }
}
