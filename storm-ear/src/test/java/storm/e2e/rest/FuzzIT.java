package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.servers.Storm;
import storm.protocol.ids.ChannelId;

/// Malformed and boundary requests, thousands of them, made from the committed OpenAPI document: whatever comes, the
/// server answers as the document says, and never with a fault of its own.
///
/// `STORM_FUZZ_SECONDS` lets it go on for longer, `STORM_FUZZ_SEED` repeats a run.
class FuzzIT extends RestTest {
    private static final int THREADS = 4;
    private static final long SECONDS = Long.parseLong(System.getenv().getOrDefault("STORM_FUZZ_SECONDS", "20"));
    private static final int LEAST_EACH = 60;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Document document = Document.committed();
    private final Map<Integer, LongAdder> byStatus = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> byRow = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    FuzzIT(Storm storm) {
        super(storm);
    }

    @Test
    @Row("INTERNAL_ERROR")
    void whateverComesIsAnsweredAsTheDocumentSays() throws Exception {
        long seed = Long.parseLong(System.getenv().getOrDefault("STORM_FUZZ_SEED", String.valueOf(System.nanoTime())));
        Person admin = joinAs("admin");
        Person member = people.join("fuzz");
        Person victim = people.join("victim");
        Person leaver = people.join("leaver");
        ChannelId channel = member.channelWith(admin);
        String message = delivered(member, channel);
        FuzzRequests.Known known =
                new FuzzRequests.Known(victim.id().value(), channel.value(), message, NO_ID, NO_UUID);
        List<String> tokens = List.of(admin.token(), member.token());
        // Who signs out is out, and a channel that is deleted shows nothing more: these have somebody of their own.
        Map<String, String> own = Map.of(
                "POST /auth/logout",
                leaver.token(),
                "POST /auth/logout-all",
                leaver.token(),
                "DELETE /channels/{channelId}",
                member.token());
        long deadline = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();

        List<Document.Operation> operations = document.operations();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int n = 0; n < THREADS; n++) {
                FuzzRequests requests = new FuzzRequests(document, known, seed + n);
                running.add(threads.submit(() -> {
                    for (int round = 0; System.nanoTime() < deadline || round * THREADS < LEAST_EACH; round++) {
                        for (Document.Operation operation : operations) {
                            String token = own.getOrDefault(operation.row(), tokens.get(round % tokens.size()));
                            ask(operation, requests.next(operation, token));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }

        long sent = byRow.values().stream().mapToLong(LongAdder::sum).sum();
        System.out.printf(
                "Fuzz: %d requests to %d operations (seed %d), answers by status: %s%n",
                sent, byRow.size(), seed, new TreeMap<>(byStatus));
        assertThat(faults.stream().limit(20)).as("seed " + seed).isEmpty();
        assertThat(byRow.keySet()).hasSize(operations.size());
        assertThat(byRow.values()).allMatch(count -> count.sum() >= LEAST_EACH);
        assertThat(byStatus.keySet()).contains(200, 400, 401, 403, 404, 406, 413, 415);
        good(cast().ann().rest().get("/users/me"), 200);
    }

    private void ask(Document.Operation operation, FuzzRequests.Request request) throws Exception {
        HttpRequest.Builder http = HttpRequest.newBuilder(URI.create(storm.api() + request.path()))
                .timeout(Duration.ofSeconds(20))
                .method(
                        operation.method(),
                        request.body() == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(request.body(), StandardCharsets.ISO_8859_1));
        request.headers().forEach(http::header);
        HttpResponse<String> answer = client.send(http.build(), HttpResponse.BodyHandlers.ofString());
        int status = answer.statusCode();
        byStatus.computeIfAbsent(status, _ -> new LongAdder()).increment();
        byRow.computeIfAbsent(operation.row(), _ -> new LongAdder()).increment();
        List<String> wrong = new ArrayList<>(document.faults(operation, status, answer.body()));
        // Under this load a probe message may be late, and health says so.
        if (status >= 500 && !(status == 503 && operation.path().equals("/health"))) {
            wrong.add("a fault of the server");
        }
        if (!answer.headers()
                .firstValue("Content-Type")
                .orElse("")
                .equalsIgnoreCase("application/json; charset=utf-8")) {
            wrong.add("not JSON: " + answer.headers().firstValue("Content-Type"));
        }
        if (answer.headers().firstValue("X-Request-Id").isEmpty()) {
            wrong.add("no X-Request-Id");
        }
        if (!wrong.isEmpty()) {
            faults.add(operation.row() + " " + request + " -> " + status + " " + answer.body() + ": " + wrong);
        }
    }
}
