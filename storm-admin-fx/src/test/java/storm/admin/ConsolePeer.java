package storm.admin;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import storm.embedded.fixture.RestPeer;
import storm.embedded.fixture.RestPeer.Reply;
import storm.protocol.ids.DeadLetterId;
import storm.protocol.json.Json;
import storm.protocol.queue.QueueStats;
import storm.protocol.users.Role;

/// A server with people, channels and dead letters in it, for flows through the console. It speaks real HTTP and keeps
/// what is changed.
public final class ConsolePeer implements AutoCloseable {
    public static final String ADMIN = id(1);
    public static final String MEMBER = id(2);
    public static final String CHANNEL = id(500);
    private static final Instant NOW = Instant.parse("2030-05-17T09:30:00Z");
    private static final int USERS = 250;

    private final RestPeer rest;
    private final Map<String, Map<String, Object>> users = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> channels = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> deadLetters = new ConcurrentHashMap<>();

    public ConsolePeer(Role role) throws IOException {
        rest = new RestPeer();
        String[] names = {"ada", "grace", "linus", "barbara", "dennis", "margaret", "ken", "frances", "edsger", "radia"
        };
        for (int i = 1; i <= USERS; i++) {
            String name = i == 1 ? "admin" : names[i % names.length] + "_" + i;
            Role of = i == 1 ? role : i % 25 == 0 ? Role.MODERATOR : Role.MEMBER;
            users.put(id(i), user(id(i), name, of, i % 17 != 0, i));
        }
        String[] topics = {"general", "support", "releases", "design", "random", "incidents", "announcements", "hiring"
        };
        for (int i = 0; i < 24; i++) {
            String name = i < topics.length ? topics[i] : "project-" + i;
            channels.put(id(500 + i), channel(id(500 + i), name, i));
        }
        for (int i = 0; i < 37; i++) {
            DeadLetterId id = new DeadLetterId("00000000-0000-4000-8000-%012d".formatted(i));
            deadLetters.put(id.value(), deadLetter(id.value(), i));
        }
        routes();
    }

    public String url() {
        return rest.url();
    }

    public RestPeer rest() {
        return rest;
    }

    private static String id(int number) {
        return "%024x".formatted(number);
    }

    private void routes() {
        rest.on(
                        "POST /auth/login",
                        call -> call.body().contains("Right-password-1")
                                ? Reply.tokens("access-1", "refresh-1")
                                : Reply.error(401, "UNAUTHORIZED"))
                .on("POST /auth/refresh", _ -> Reply.error(401, "TOKEN_REVOKED"))
                .on("POST /auth/logout", _ -> Reply.data("{}"))
                .on("GET /users/me", _ -> data(Objects.requireNonNull(users.get(ADMIN))))
                .on("GET /users", this::listUsers)
                .on("GET /channels", this::listChannels)
                .on("POST /channels", _ -> data(Objects.requireNonNull(channels.get(CHANNEL))))
                .on("GET /queue/stats", _ -> data(new QueueStats(42, 7, 3, deadLetters.size(), 1860, 2, 1450, 2, 512)))
                .on("GET /health", _ -> new Reply(200, """
                        {"status":"ok","uptime":86400,"mongo":"connected","redis":"connected","worker":"connected",\
                        "delivery":"connected"}""", Map.of()))
                .on("GET /dead-letters", _ -> data(Map.of("deadLetters", List.copyOf(deadLetters.values()))))
                .on("POST /dead-letters/retry", _ -> all("retried"))
                .on("POST /dead-letters/discard", _ -> all("discarded"))
                .on("GET /audit-log", _ -> data(Map.of("entries", audit())));
        users.forEach((id, user) -> rest.on("GET /users/" + id, _ -> data(user))
                .on("PATCH /users/" + id, call -> {
                    for (Role wanted : Role.values()) {
                        if (call.body().contains("\"role\":\"" + wanted.wire() + "\"")) {
                            user.put("role", wanted.wire());
                        }
                    }
                    return data(user);
                })
                .on("DELETE /users/" + id, _ -> {
                    user.put("isActive", false);
                    return Reply.data("{}");
                })
                .on("DELETE /users/" + id + "/sessions", _ -> Reply.data("{\"revoked\":2}")));
        channels.forEach((id, channel) -> rest.on("GET /channels/" + id, _ -> data(channel))
                .on("GET /channels/" + id + "/messages", _ -> data(Map.of("messages", messages(id))))
                .on("PATCH /channels/" + id, call -> {
                    if (call.body().contains("isArchived")) {
                        channel.put("isArchived", call.body().contains("true"));
                    }
                    return data(channel);
                })
                .on("DELETE /channels/" + id, _ -> {
                    channels.remove(id);
                    return Reply.data("{}");
                }));
        List.copyOf(deadLetters.keySet())
                .forEach(id -> rest.on(
                                "POST /dead-letters/" + id + "/retry",
                                _ -> Reply.data("{\"retried\":%d}".formatted(deadLetters.remove(id) == null ? 0 : 1)))
                        .on(
                                "DELETE /dead-letters/" + id,
                                _ -> Reply.data(
                                        "{\"discarded\":%d}".formatted(deadLetters.remove(id) == null ? 0 : 1))));
    }

    private Reply all(String what) {
        int count = deadLetters.size();
        deadLetters.clear();
        return Reply.data("{\"%s\":%d}".formatted(what, count));
    }

    private Reply listUsers(RestPeer.Call call) {
        boolean active = !call.pathAndQuery().contains("active=false");
        String prefix = parameter(call, "q");
        List<Map<String, Object>> matching = users.values().stream()
                .filter(user -> Boolean.valueOf(active).equals(user.get("isActive")))
                .filter(user -> String.valueOf(user.get("username")).startsWith(prefix))
                .toList();
        int from = parameter(call, "cursor").isEmpty() ? 0 : Integer.parseInt(parameter(call, "cursor"));
        int to = Math.min(from + Integer.parseInt(parameter(call, "limit")), matching.size());
        String body = Json.write(Map.of("users", matching.subList(from, to)));
        String next = to < matching.size() ? ",\"nextCursor\":\"%d\",\"hasNextPage\":true".formatted(to) : "";
        return new Reply(200, """
                {"success":true,"data":%s,"meta":{"requestId":"r","timestamp":"2030-01-01T00:00:00Z"%s}}""".formatted(body, next), Map.of());
    }

    private Reply listChannels(RestPeer.Call call) {
        boolean archived = call.pathAndQuery().contains("includeArchived=true");
        String prefix = parameter(call, "q");
        return data(Map.of(
                "channels",
                channels.values().stream()
                        .filter(channel -> archived || Boolean.FALSE.equals(channel.get("isArchived")))
                        .filter(channel -> String.valueOf(channel.get("name")).startsWith(prefix))
                        .toList()));
    }

    private static String parameter(RestPeer.Call call, String name) {
        for (String each : call.pathAndQuery().replaceFirst("^[^?]*\\??", "").split("&")) {
            if (each.startsWith(name + "=")) {
                return each.substring(name.length() + 1);
            }
        }
        return "";
    }

    private static Reply data(Object data) {
        return Reply.data(Json.write(data));
    }

    private static Map<String, Object> user(String id, String name, Role role, boolean active, int number) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", id);
        user.put("username", name);
        user.put("email", name + "@example.org");
        user.put("role", role.wire());
        user.put("isActive", active);
        user.put("lastSeenAt", NOW.minusSeconds(number * 3607L).toString());
        user.put("createdAt", NOW.minusSeconds(number * 86_407L).toString());
        return user;
    }

    private static Map<String, Object> channel(String id, String name, int number) {
        Map<String, Object> channel = new LinkedHashMap<>();
        channel.put("id", id);
        channel.put("name", name);
        channel.put("description", number % 3 == 2 ? "" : "Everything about " + name);
        channel.put("createdBy", ADMIN);
        List<String> members = new ArrayList<>();
        for (int i = 1; i <= 3 + number; i++) {
            members.add(id(i));
        }
        channel.put("members", members);
        channel.put("isArchived", number % 9 == 8);
        channel.put("lastSeq", 1200 - number * 41);
        channel.put("createdAt", NOW.minusSeconds(number * 200_003L).toString());
        channel.put("updatedAt", NOW.toString());
        return channel;
    }

    private static Map<String, Object> deadLetter(String id, int number) {
        String[] reasons = {"not_a_member", "channel_gone", "undecodable", "retries_exhausted"};
        Map<String, Object> letter = new LinkedHashMap<>();
        letter.put("id", id);
        letter.put("kind", number % 6 == 5 ? "edit" : "send");
        letter.put("messageId", "00000000-0000-4000-9000-%012d".formatted(number));
        letter.put("channelId", id(500 + number % 4));
        letter.put("senderId", id(2 + number % 7));
        letter.put("failureReason", reasons[number % reasons.length]);
        letter.put("attempts", 1 + number % 5);
        letter.put("failedAt", Instant.now().minusSeconds(number * 613L).toString());
        letter.put("acceptedAt", Instant.now().minusSeconds(number * 613L + 31).toString());
        return letter;
    }

    private static List<Map<String, Object>> messages(String channel) {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (int i = 30; i > 0; i--) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("id", id(9000 + i));
            message.put("messageId", "00000000-0000-4000-a000-%012d".formatted(i));
            message.put("channelId", channel);
            message.put("senderId", id(2 + i % 5));
            message.put("seq", i);
            message.put("deliveryStatus", i > 29 ? "pending" : "delivered");
            message.put("clientTs", NOW.toString());
            message.put("createdAt", NOW.minusSeconds((30 - i) * 73L).toString());
            messages.add(message);
        }
        return messages;
    }

    private static List<Map<String, Object>> audit() {
        String[] actions = {
            "user.role.assign", "channel.archive", "session.revoke", "deadletter.retry", "message.delete"
        };
        List<Map<String, Object>> entries = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("id", id(7000 + i));
            entry.put("actorId", i % 3 == 0 ? ADMIN : id(25));
            entry.put("action", actions[i % actions.length]);
            entry.put("target", (i % 2 == 0 ? "user:" : "channel:") + id(2 + i));
            entry.put("details", Map.of("before", "member", "after", "moderator"));
            entry.put("createdAt", NOW.minusSeconds(i * 1801L).toString());
            entry.put("requestId", "r" + i);
            entries.add(entry);
        }
        return entries;
    }

    @Override
    public void close() {
        rest.close();
    }
}
