package storm.e2e.stores;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.Document;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/// What a thief takes home: every value of a store as text, each under the place where it lay.
public record Loot(List<Item> items) {

    /// A value and where it lay: a collection, or a key with its type.
    public record Item(String place, String text) {}

    public Loot {
        items = List.copyOf(items);
    }

    /// Every document of every collection of every database.
    public static Loot ofMongo(String uri) {
        List<Item> items = new ArrayList<>();
        try (MongoClient mongo = MongoClients.create(uri)) {
            for (String databaseName : mongo.listDatabaseNames()) {
                MongoDatabase database = mongo.getDatabase(databaseName);
                for (String collection : database.listCollectionNames()) {
                    for (Document document : database.getCollection(collection).find()) {
                        items.add(new Item(databaseName + "." + collection, document.toJson()));
                    }
                }
            }
        }
        return new Loot(items);
    }

    /// Every entry of every key of whatever type.
    public static Loot ofRedis(String url) {
        List<Item> items = new ArrayList<>();
        try (Jedis redis = new Jedis(URI.create(url))) {
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                ScanResult<String> page = redis.scan(cursor, new ScanParams().count(500));
                for (String key : page.getResult()) {
                    String type = redis.type(key);
                    items.add(new Item(type + " " + key, key + "\n" + value(redis, key, type)));
                }
                cursor = page.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        }
        return new Loot(items);
    }

    private static String value(Jedis redis, String key, String type) {
        return switch (type) {
            case "string" -> latin1(redis.get(bytes(key)));
            case "list" -> lines(redis.lrange(bytes(key), 0, -1));
            case "set" -> lines(List.copyOf(redis.smembers(bytes(key))));
            case "zset" -> lines(redis.zrange(bytes(key), 0, -1));
            case "hash" ->
                redis.hgetAll(bytes(key)).entrySet().stream()
                        .map(entry -> latin1(entry.getKey()) + "=" + latin1(entry.getValue()))
                        .collect(Collectors.joining("\n"));
            case "stream" -> flat(redis.xrange(bytes(key), bytes("-"), bytes("+")));
            case "none" -> ""; // It expired between SCAN and TYPE.
            default -> throw new IllegalStateException("cannot read a Redis " + type + ": teach this test how");
        };
    }

    private static String flat(Object reply) {
        return switch (reply) {
            case byte[] text -> latin1(text);
            case List<?> list -> list.stream().map(Loot::flat).collect(Collectors.joining("\n"));
            default -> reply.toString();
        };
    }

    private static String lines(List<byte[]> values) {
        return values.stream().map(Loot::latin1).collect(Collectors.joining("\n"));
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// The places in which one of the words lies, in the clear or merely encoded.
    public List<String> placesOf(List<String> words) {
        List<String> forms =
                words.stream().flatMap(word -> Disguises.of(word).stream()).toList();
        return items.stream()
                .filter(item -> forms.stream().anyMatch(item.text()::contains))
                .map(Item::place)
                .distinct()
                .toList();
    }
}
