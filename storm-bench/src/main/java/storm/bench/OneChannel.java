package storm.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import storm.client.StormClient;
import storm.protocol.channels.Channel;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;

/// The scenario: everybody is in one channel and everybody talks.
final class OneChannel {
    private static final Duration POLL = Duration.ofMillis(20);

    private final BenchOptions options;
    private final Consumer<String> progress;

    OneChannel(BenchOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /// @throws StormException if the server refuses the preparation, such as for its limit of public calls
    Result run() throws InterruptedException {
        Instant until = Instant.now().plus(options.timeout());
        String run = UUID.randomUUID().toString().substring(0, 8);
        List<StormClient> clients = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        try (StormClient owner = StormClient.of(options.address())) {
            progress.accept("registering " + options.users() + " users");
            register(owner, run, 0);
            clients.add(owner);
            Channel channel = owner.channels().create("bench_" + run, "made by a benchmark");
            for (int i = 1; i < options.users(); i++) {
                StormClient client = owner.another();
                register(client, run, i);
                owner.channels().addMember(channel.id(), client.users().me().id());
                clients.add(client);
            }
            progress.accept("connecting");
            Measurements measurements = new Measurements(options.users());
            for (StormClient client : clients) {
                members.add(new Member(client, channel.id(), measurements));
            }
            for (Member member : members) {
                if (!member.awaitReady(Duration.between(Instant.now(), until))) {
                    throw new StormException(ErrorCode.SERVICE_UNAVAILABLE, "not every connection stood in time");
                }
            }
            progress.accept("sending");
            talk(members, until);
            while (!measurements.allDelivered() && Instant.now().isBefore(until)) {
                Thread.sleep(POLL);
            }
            return measurements.result();
        } finally {
            members.forEach(Member::close);
        }
    }

    private void talk(List<Member> members, Instant until) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (Member member : members) {
            threads.add(Thread.ofVirtual().name("storm-member").start(() -> {
                try {
                    member.send(options.messages(), options.window(), until);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join(Duration.between(Instant.now(), until).plusSeconds(1));
        }
    }

    private static void register(StormClient client, String run, int number) {
        String name = "bench_" + run + "_" + number;
        client.auth().register(name, name + "@bench.invalid", "Bench-" + UUID.randomUUID());
    }
}
