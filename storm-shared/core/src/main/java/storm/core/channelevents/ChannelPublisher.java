package storm.core.channelevents;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import storm.core.redis.Keys;
import storm.core.redis.LuaScript;
import storm.core.redis.RedisFaults;
import storm.protocol.errors.StormException;
import storm.protocol.events.ServerEvent;
import storm.protocol.ids.ChannelId;

/// Publishes events of channels, as the worker that owns their partition does.
///
/// An event goes to `storm:ch:{id}:events` and the topic `storm:ch:{id}` in one step, and only if no later one
/// is out: so a
/// channel's events appear in seq order without repeats, whoever publishes them how often. Thread-safe.
@Singleton
public class ChannelPublisher {
    private static final String KEPT = "1000";
    private static final String KEPT_SECONDS =
            String.valueOf(Duration.ofHours(24).toSeconds());
    private static final LuaScript PUBLISH = LuaScript.named("publish");

    private final UnifiedJedis redis;
    private final ChannelEvents events;

    @Inject
    public ChannelPublisher(UnifiedJedis redis, ChannelEvents events) {
        this.redis = redis;
        this.events = events;
    }

    /// Publishes the events, each channel's by rising seq.
    ///
    /// @return those that came too late, since a later event of their channel is out: they need a new seq
    /// @throws StormException SERVICE_UNAVAILABLE if Redis is out of reach: any of them may be out, and it is
    ///     safe to publish
    ///     them again
    public List<ServerEvent.ChannelEvent> publish(List<ServerEvent.ChannelEvent> batch) {
        Map<ChannelId, List<ServerEvent.ChannelEvent>> byChannel = new LinkedHashMap<>();
        batch.forEach(event -> byChannel
                .computeIfAbsent(event.channelId(), _ -> new ArrayList<>())
                .add(event));
        Map<ChannelId, Object> answers = byChannel.size() == 1 ? alone(byChannel) : together(byChannel);
        List<ServerEvent.ChannelEvent> late = new ArrayList<>();
        byChannel.forEach((channel, published) -> {
            TreeSet<Long> seqs = new TreeSet<>();
            ((List<?>) answers.getOrDefault(channel, List.of())).forEach(seq -> seqs.add((Long) seq));
            published.stream().filter(event -> seqs.contains(event.seq())).forEach(late::add);
        });
        return late;
    }

    private Map<ChannelId, Object> alone(Map<ChannelId, List<ServerEvent.ChannelEvent>> byChannel) {
        Map<ChannelId, Object> answers = new LinkedHashMap<>();
        byChannel.forEach((channel, published) ->
                answers.put(channel, PUBLISH.run(redis, List.of(Keys.events(channel)), arguments(channel, published))));
        return answers;
    }

    private Map<ChannelId, Object> together(Map<ChannelId, List<ServerEvent.ChannelEvent>> byChannel) {
        Map<ChannelId, Response<Object>> queued = new LinkedHashMap<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            byChannel.forEach((channel, published) -> queued.put(
                    channel, PUBLISH.queue(pipeline, List.of(Keys.events(channel)), arguments(channel, published))));
            pipeline.sync();
            Map<ChannelId, Object> answers = new LinkedHashMap<>();
            queued.forEach((channel, answer) -> answers.put(channel, answer.get()));
            return answers;
        } catch (JedisDataException e) {
            // Redis has not got the script yet, or refuses: one at a time sends it, or tells why.
            return alone(byChannel);
        } catch (JedisException e) {
            throw RedisFaults.translate(e);
        }
    }

    private List<String> arguments(ChannelId channel, List<ServerEvent.ChannelEvent> published) {
        List<String> arguments = new ArrayList<>(3 + 2 * published.size());
        arguments.add(KEPT);
        arguments.add(KEPT_SECONDS);
        arguments.add(Keys.channel(channel));
        published.stream().sorted((a, b) -> Long.compare(a.seq(), b.seq())).forEach(event -> {
            arguments.add(String.valueOf(event.seq()));
            arguments.add(events.seal(event));
        });
        return arguments;
    }
}
