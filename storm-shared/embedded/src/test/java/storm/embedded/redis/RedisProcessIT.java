package storm.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storm.embedded.EmbeddedStores;
import storm.embedded.redis.RedisProcess.Fsync;
import storm.embedded.redis.RedisProcess.Settings;

class RedisProcessIT {

    @TempDir
    Path folder;

    private RedisProcess redis;

    @BeforeEach
    void start() {
        redis = new RedisProcess(new Settings(folder, EmbeddedStores.freePort(), "secret-word", Fsync.ALWAYS));
        redis.start();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void acknowledgedWritesSurviveKill() throws IOException {
        say("SET", "storm:test", "kept");

        redis.kill();
        redis.start();

        assertThat(say("GET", "storm:test")).isEqualTo("kept");
    }

    @Test
    void nothingIsEvicted() throws IOException {
        try (RespConnection connection = RespConnection.open(redis.url(), Duration.ofSeconds(5))) {
            assertThat(connection.command("INFO", "memory")).contains("maxmemory_policy:noeviction");
        }
    }

    @Test
    void nobodyGetsInWithoutThePassword() {
        String anonymous = redis.url().replace(":secret-word@", "");
        assertThatThrownBy(() -> {
                    try (RespConnection connection = RespConnection.open(anonymous, Duration.ofSeconds(5))) {
                        connection.command("PING");
                    }
                })
                .hasMessageContaining("NOAUTH");
    }

    @Test
    void thePasswordStandsInAPrivateFileAndOnNoCommandLine() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("redis.conf"))))
                .isEqualTo("rw-------");
        String commandLine = ProcessHandle.of(redis.pid())
                .flatMap(process -> process.info().commandLine())
                .orElse("");
        assertThat(commandLine).doesNotContain("secret-word");
    }

    @Test
    void aPausedServerAnswersOnlyOnceItIsResumed() throws IOException {
        redis.pause();
        assertThatThrownBy(() -> {
                    try (RespConnection connection = RespConnection.open(redis.url(), Duration.ofMillis(300))) {
                        connection.command("PING");
                    }
                })
                .isInstanceOf(IOException.class);

        redis.resume();

        assertThat(say("PING")).isEqualTo("PONG");
    }

    @Test
    void aServerLeftBehindOnTheFolderGivesWayToTheNext() {
        long leftBehind = redis.pid();
        try (RedisProcess next =
                new RedisProcess(new Settings(folder, EmbeddedStores.freePort(), "secret-word", Fsync.ALWAYS))) {
            next.start();
            await().untilAsserted(() -> assertThat(ProcessHandle.of(leftBehind)
                            .map(ProcessHandle::isAlive)
                            .orElse(false))
                    .isFalse());
        }
    }

    @Test
    void aTakenPortIsToldInOneSentence() {
        try (RedisProcess second =
                new RedisProcess(new Settings(folder.resolve("second"), redis.port(), "secret-word", Fsync.ALWAYS))) {
            assertThatThrownBy(second::start)
                    .hasMessageContaining("redis-server ended with status")
                    .hasMessageContaining("listen");
        }
    }

    private String say(String... words) throws IOException {
        try (RespConnection connection = RespConnection.open(redis.url(), Duration.ofSeconds(5))) {
            return connection.command(words);
        }
    }
}
