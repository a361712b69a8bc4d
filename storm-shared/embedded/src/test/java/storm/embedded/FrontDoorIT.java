package storm.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `./storm` says when it can't do what was asked: one sentence, a status that is not 0, and nothing left running.
class FrontDoorIT {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path home;
    private Map<String, String> environment;

    record Answer(int status, String out) {}

    @BeforeEach
    void prepare() {
        home = folder.resolve("a home");
        environment = new HashMap<>();
        environment.put("STORM_HOME", home.toString());
        environment.put("STORM_BUILD", "never");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        for (String port : List.of("STORM_HTTP_PORT", "STORM_HTTPS_PORT")) {
            environment.put(port, Integer.toString(EmbeddedStores.freePort()));
        }
    }

    @AfterEach
    void nothingIsLeftRunning() {
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            assertThat(processes
                            .map(process -> process.info().commandLine().orElse(""))
                            .filter(command -> command.contains(folder.toString())))
                    .isEmpty();
        }
    }

    @Test
    void aTakenPortIsNamedWithTheVariableThatMovesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("STORM_HTTPS_PORT", Integer.toString(taken.getLocalPort()));
            assertRefused("port " + taken.getLocalPort() + " is taken", "STORM_HTTPS_PORT");
        }
    }

    @Test
    void aStoreOutOfReachIsNamedWithoutItsPassword() throws Exception {
        int port = EmbeddedStores.freePort();
        environment.put("STORM_MONGODB_URI", "mongodb://storm:hidden-word@127.0.0.1:" + port + "/storm");
        Answer answer = assertRefused("nothing answers at 127.0.0.1:" + port, "STORM_MONGODB_URI");
        assertThat(answer.out()).doesNotContain("hidden-word");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedWithTheVariableThatMovesIt() throws Exception {
        Files.writeString(folder.resolve("file"), "not a folder");
        environment.put("STORM_HOME", folder.resolve("file/home").toString());
        assertRefused(folder.resolve("file/home").toString(), "can't be written", "STORM_HOME");
    }

    @Test
    void aServerThatIsNotBuiltIsSaidSo() throws Exception {
        Path script = scriptAlone(text -> text);
        assertThat(answer(script, "up")).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(1);
            assertThat(answer.out())
                    .isEqualTo("storm: storm-shared/embedded is not built; run ./storm without STORM_BUILD=never\n");
        });
    }

    @Test
    void aMachineWithoutAJdk25IsToldToInstallOne() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "a POSIX system");
        environment.remove("JAVA_HOME");
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : List.of("dirname", "cksum", "cut", "mkdir", "chmod", "cat", "grep", "sed", "rm", "tr")) {
            Path found = Stream.of("/usr/bin", "/bin")
                    .map(at -> Path.of(at, tool))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(bin.resolve(tool), found);
        }
        environment.put("PATH", bin.toString());
        environment.put("HOME", folder.toString());
        Path script =
                scriptAlone(text -> text.replace("/usr/lib/jvm/", "/nowhere/").replace("/opt/java/", "/nowhere/"));
        Answer answer = answer(script, "up");
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.out())
                .startsWith("storm: no JDK 25 was found; install one")
                .hasLineCount(1);
    }

    @Test
    void aRelativeHomeIsRefused() throws Exception {
        environment.put("STORM_HOME", "here");
        assertRefused("STORM_HOME must be an absolute path, not here");
    }

    @Test
    void anUnknownCommandGetsTheList() throws Exception {
        Answer answer = answer(ROOT.resolve("storm"), "fly");
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.out()).contains("./storm COMMAND").endsWith("storm: there is no command fly\n");
    }

    @Test
    void whatDoesNotRunCanBeAskedForAndTakenDown() throws Exception {
        assertThat(answer(ROOT.resolve("storm"), "status")).isEqualTo(new Answer(3, "Storm is not running.\n"));
        assertThat(answer(ROOT.resolve("storm"), "down")).isEqualTo(new Answer(0, "Storm is not running.\n"));
    }

    @Test
    void aStrangerWithOurOldProcessIdIsLeftAlone() throws Exception {
        Files.createDirectories(home.resolve("run"));
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(home.resolve("run/storm.pid"), Long.toString(stranger.pid()));
            assertThat(answer(ROOT.resolve("storm"), "down").out()).isEqualTo("Storm is not running.\n");
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    private Answer assertRefused(String... words) throws IOException, InterruptedException {
        Answer answer = answer(ROOT.resolve("storm"), "up");
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.out()).startsWith("storm: ").contains(words).hasLineCount(1);
        return answer;
    }

    private Path scriptAlone(java.util.function.UnaryOperator<String> change) throws IOException {
        Path script = Files.createDirectory(folder.resolve("checkout")).resolve("storm");
        return Files.writeString(script, change.apply(Files.readString(ROOT.resolve("storm"))));
    }

    private Answer answer(Path script, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of("/bin/sh", script.toString()), Stream.of(arguments))
                                .toList())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("STORM_") || name.equals("JAVA_HOME"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("it ended in time")
                    .isTrue();
            return new Answer(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
