package storm.e2e.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import storm.e2e.PeopleTest;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.protocol.ids.ChannelId;

/// Who gets which secret, who reaches which store, and where neither is ever seen.
@RunsInContainers
class SecretsIT extends PeopleTest {
    private final ContainerStorm storm;

    SecretsIT(ContainerStorm storm) {
        super(storm);
        this.storm = storm;
    }

    @Test
    void everyPartHasItsOwnSecretsAndNoOthers() {
        assertThat(given("rest"))
                .contains("storm.mongodb.uri", "storm.redis.url", "storm.transport.key", "jwt-private.pem")
                .doesNotContain("storm.message.keys");
        assertThat(given("ws"))
                .contains("storm.redis.url", "storm.transport.key", "jwt-public.pem")
                .doesNotContain("storm.message.keys", "storm.mongodb.uri", "jwt-private.pem", "storm.admin.password");
        assertThat(given("worker"))
                .contains("storm.mongodb.uri", "storm.redis.url", "storm.transport.key", "storm.message.keys")
                .doesNotContain("jwt-private.pem", "storm.admin.password");
    }

    @Test
    void secretsAreReadOnlyAndForTheirReadersAlone() {
        for (String part : List.of("rest", "ws", "worker")) {
            String container = storm.containers(part).getFirst();
            assertThat(Docker.exec(container, "sh", "-c", "stat -c %a /run/secrets/storm/* | sort -u")
                            .text())
                    .isEqualTo("440\n");
            assertThat(Docker.exec(container, "touch", "/run/secrets/storm/new").status())
                    .isNotZero();
        }
    }

    @Test
    void noSecretIsInAnEnvironmentAnInspectionOrALog() {
        Person ann = people.join("ann");
        Person bob = people.join("bob");
        ChannelId channel = ann.channelWith(bob);
        bob.phone();
        ann.phone().send(channel, Words.text());
        Map<String, String> secrets = storm.secrets();
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(10);

        for (String service : ContainerStorm.SERVICES) {
            String seen = storm.inspect(service)
                    + Docker.exec(storm.containers(service).getFirst(), "env").text()
                    + Docker.exec(storm.containers(service).getFirst(), "sh", "-c", "tr '\\0' ' ' </proc/1/cmdline")
                            .text()
                    + storm.logs(service);
            secrets.forEach((name, value) -> assertThat(seen.contains(value))
                    .as("%s shows %s", service, name)
                    .isFalse());
            Words.all()
                    .forEach(word -> assertThat(seen.contains(word))
                            .as("%s shows %s", service, word)
                            .isFalse());
        }
    }

    @Test
    void theGatewayDoesNotReachMongoAndNobodyOutsideReachesAStore() {
        assertThat(reaches("rest", "mongodb", 27017)).isTrue();
        assertThat(reaches("worker", "mongodb", 27017)).isTrue();
        assertThat(reaches("ws", "mongodb", 27017)).isFalse();
        assertThat(reaches("nginx", "mongodb", 27017)).isFalse();
        assertThat(reaches("ws", "redis", 6379)).isTrue();
        assertThat(reaches("nginx", "redis", 6379)).isFalse();
        for (String store : List.of("redis", "mongodb")) {
            assertThat(storm.inspect(store).getJsonObject("HostConfig").getJsonObject("PortBindings"))
                    .isEmpty();
        }
    }

    @Test
    void redisAsksForItsPasswordAndKeepsEverything() {
        String redis = storm.containers("redis").getFirst();
        String asked = "REDISCLI_AUTH=$(cat /run/secrets/redis/password) redis-cli config get ";

        assertThat(Docker.exec(redis, "redis-cli", "ping").text()).contains("NOAUTH");
        assertThat(Docker.exec(redis, "sh", "-c", asked + "appendonly").text()).contains("yes");
        assertThat(Docker.exec(redis, "sh", "-c", asked + "maxmemory-policy").text())
                .contains("noeviction");
    }

    static List<String> services() {
        return ContainerStorm.SERVICES;
    }

    @ParameterizedTest
    @MethodSource("services")
    void aContainerMayDoNoMoreThanItMust(String service) {
        var inspection = storm.inspect(service);
        var host = inspection.getJsonObject("HostConfig");

        assertThat(inspection.getJsonObject("Config").getString("User")).isNotIn("", "0", "root");
        assertThat(Docker.exec(storm.containers(service).getFirst(), "id", "-u")
                        .text()
                        .strip())
                .isNotEqualTo("0");
        assertThat(host.getBoolean("ReadonlyRootfs")).isTrue();
        assertThat(host.getBoolean("Privileged")).isFalse();
        assertThat(host.getJsonArray("CapDrop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(host.getJsonArray("SecurityOpt").toString()).contains("no-new-privileges:true");
        assertThat(host.getJsonNumber("Memory").longValue()).isPositive();
        assertThat(host.getJsonNumber("NanoCpus").longValue()).isPositive();
        assertThat(host.getJsonNumber("PidsLimit").longValue()).isPositive();
        assertThat(host.getJsonObject("RestartPolicy").getString("Name")).isEqualTo("unless-stopped");
        assertThat(inspection.getJsonObject("State").getBoolean("OOMKilled")).isFalse();
        if (List.of("rest", "ws", "worker").contains(service)) {
            // Storm takes up to 25 s of its own.
            assertThat(inspection.getJsonObject("Config").getInt("StopTimeout")).isGreaterThan(30);
        }
    }

    private String given(String part) {
        return Docker.exec(storm.containers(part).getFirst(), "ls", "-1", "/run/secrets/storm")
                .text();
    }

    private boolean reaches(String from, String host, int port) {
        return Docker.exec(
                                storm.containers(from).getFirst(),
                                "timeout",
                                "5",
                                "bash",
                                "-c",
                                "exec 3<>/dev/tcp/" + host + "/" + port)
                        .status()
                == 0;
    }
}
