package storm.core.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import storm.protocol.errors.StormException;

/// A script of `resources/lua`, run by its SHA-1 and sent in full only where Redis does not have it yet.
///
/// Each file's head says its KEYS, ARGV and result. All keys of one call lie in one hash slot.
public final class LuaScript {
    private final String text;
    private final String sha;

    private LuaScript(String text) {
        this.text = text;
        this.sha = sha1(text);
    }

    /// Loads `/lua/<name>.lua` from the class path.
    public static LuaScript named(String name) {
        try (InputStream in = LuaScript.class.getResourceAsStream("/lua/" + name + ".lua")) {
            if (in == null) {
                throw new IllegalArgumentException("no script " + name);
            }
            return new LuaScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs the script.
    ///
    /// @return as Jedis gives it: Long, String, List or null
    /// @throws StormException SERVICE_UNAVAILABLE if Redis is out of reach
    public Object run(UnifiedJedis redis, List<String> keys, List<String> args) {
        try {
            try {
                return redis.evalsha(sha, keys, args);
            } catch (JedisNoScriptException e) {
                return redis.eval(text, keys, args);
            }
        } catch (JedisException e) {
            throw RedisFaults.translate(e);
        }
    }

    /// Queues the script in a pipeline. It may answer NOSCRIPT, on which the caller runs it alone.
    public Response<Object> queue(AbstractPipeline pipeline, List<String> keys, List<String> args) {
        return pipeline.evalsha(sha, keys, args);
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
