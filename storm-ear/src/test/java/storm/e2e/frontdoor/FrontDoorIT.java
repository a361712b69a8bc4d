package storm.e2e.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import storm.client.http.ServerAddress;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Installation;
import storm.e2e.web.PlainRest;
import storm.protocol.ids.ChannelId;

/// `./storm` as a newcomer and an operator use it, on what the build just made.
class FrontDoorIT {
    private static final String SCRIPT = Installation.root().resolve("storm").toString();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> started = new ArrayList<>();
    private int port;

    @BeforeEach
    void aHomeOfItsOwn() {
        port = Installation.freePort();
        environment.put("STORM_HOME", home.resolve("storm").toString());
        environment.put("STORM_HTTP_PORT", Integer.toString(port));
        environment.put("STORM_HTTPS_PORT", Integer.toString(Installation.freePort()));
        environment.put("STORM_BUILD", "never");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        started.forEach(Process::destroyForcibly);
        if (Files.isDirectory(home.resolve("storm"))) {
            storm("down");
        }
        assertThat(processesOfThisHome()).isEmpty();
    }

    @Test
    void upAChatANewStorageKeyAKillUpAgainAndDown() throws Exception {
        Commands.Result up = storm("up", "--detach");

        assertThat(up.status()).as(up.output()).isZero();
        assertThat(up.output()).contains("http://127.0.0.1:" + port, "admin@storm.local");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> PlainRest.at(api()).get("/health").status() == 200);
        Commands.Result status = storm("status");
        assertThat(status.status()).as(status.output()).isZero();
        assertThat(status.output()).contains(Integer.toString(port));
        onlyTheOwnerMayRead(home.resolve("storm"));
        nobodySeesSecretsOnACommandLine();

        twoPeopleChat();

        Said said = sayAndRotateTheStorageKey();
        killEverything();
        Commands.Result again = storm("up", "--detach");
        assertThat(again.status()).as(again.output()).isZero();
        assertThat(again.output()).doesNotContainIgnoringCase("password");
        try (Person ann = Person.login(address(), said.email(), said.password())) {
            awaitStored(ann, said);
        }

        Commands.Result down = storm("down");
        assertThat(down.status()).as(down.output()).isZero();
        assertThat(processesOfThisHome()).isEmpty();
        assertThat(storm("status").status()).isNotZero();
    }

    @Test
    void aPortInUseIsNamedAndNothingStarts() throws Exception {
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Commands.Result up = storm("up", "--detach");

            assertThat(up.status()).isNotZero();
            assertThat(up.output()).contains(Integer.toString(taken.getLocalPort()));
            assertThat(processesOfThisHome()).isEmpty();
        }
    }

    /// What one said, and what it takes to read it again.
    private record Said(String email, String password, ChannelId channel, String text) {}

    private Said sayAndRotateTheStorageKey() throws IOException, InterruptedException {
        Said said;
        try (Person ann = Person.register(address(), "ann")) {
            said = new Said(ann.email(), ann.password(), ann.channelWith(), Words.text());
            ann.phone().send(said.channel(), said.text());
            awaitStored(ann, said);
        }
        assertThat(messageKeys()).startsWith("k1:");
        Commands.Result rotated = storm("rotate-keys");
        assertThat(rotated.status()).as(rotated.output()).isZero();
        assertThat(rotated.output()).contains("0 left", "All messages are under key k2");
        assertThat(messageKeys()).startsWith("k2:").doesNotContain("k1:", ",");
        return said;
    }

    private void killEverything() {
        processesOfThisHome().forEach(ProcessHandle::destroyForcibly);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> processesOfThisHome().isEmpty());
    }

    private String messageKeys() throws IOException {
        return Files.readAllLines(home.resolve("storm/secrets/secrets.env")).stream()
                .filter(line -> line.startsWith("STORM_MESSAGE_KEYS='"))
                .map(line -> line.substring("STORM_MESSAGE_KEYS='".length()))
                .findFirst()
                .orElse("");
    }

    private static void awaitStored(Person reader, Said said) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(reader.client()
                                .messages()
                                .listWithContent(said.channel(), 10, null)
                                .items())
                        .singleElement()
                        .satisfies(message -> assertThat(message.content()).isEqualTo(said.text())));
    }

    private ServerAddress address() {
        return ServerAddress.of("http://127.0.0.1:" + port);
    }

    private void twoPeopleChat() throws IOException {
        try (Person ann = Person.register(address(), "ann");
                Person bob = Person.register(address(), "bob")) {
            ChannelId channel = ann.channelWith(bob);
            String name = ann.client().channels().get(channel).name();
            Process anns = chat(ann);
            Process bobs = chat(bob);
            type(anns, "/join " + name);
            type(bobs, "/join " + name);
            awaitPrinted(anns, name);
            awaitPrinted(bobs, name);

            String question = Words.text();
            type(anns, question);
            awaitPrinted(bobs, question);
            String answer = Words.text();
            type(bobs, answer);
            awaitPrinted(anns, answer);

            for (Process chat : List.of(anns, bobs)) {
                type(chat, "/quit");
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !chat.isAlive());
                assertThat(chat.exitValue()).as(printed(chat)).isZero();
            }
        }
    }

    private Process chat(Person person) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        SCRIPT, "chat", "--url", "http://127.0.0.1:" + port, "--email", person.email())
                .directory(Installation.root().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("STORM_CHAT_PASSWORD", person.password());
        builder.environment().put("TERM", "dumb");
        Path output = Files.createTempFile(home, "chat-", ".out");
        builder.redirectOutput(output.toFile());
        Process process = builder.start();
        started.add(process);
        outputs.put(process, output);
        return process;
    }

    private final Map<Process, Path> outputs = new HashMap<>();

    private static void type(Process process, String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    private String printed(Process process) {
        try {
            return Files.readString(outputs.get(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitPrinted(Process process, String text) {
        Awaitility.await("%s in the chat".formatted(text))
                .atMost(Duration.ofSeconds(30))
                .failFast("the chat ended", () -> !process.isAlive())
                .until(() -> printed(process).contains(text));
    }

    private URI api() {
        return URI.create("http://127.0.0.1:" + port + "/api/v1");
    }

    private Commands.Result storm(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SCRIPT));
        command.addAll(List.of(arguments));
        return Commands.run(environment, "", command);
    }

    /// Whatever runs with this test's folder on its command line or as its working folder.
    private List<ProcessHandle> processesOfThisHome() {
        String mark = home.toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> commandLine(process).contains(mark)
                        || workingFolder(process).contains(mark))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException e) {
            return process.info().commandLine().orElse("");
        }
    }

    private static String workingFolder(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .toString();
        } catch (IOException e) {
            // It ended, or this is no Linux: the command line has to tell.
            return "";
        }
    }

    private void nobodySeesSecretsOnACommandLine() throws IOException {
        List<String> secrets = new ArrayList<>();
        try (var files = Files.walk(home.resolve("storm"))) {
            for (Path file : files.filter(file -> file.endsWith("secrets.env")).toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("STORM_ADMIN_EMAIL"))
                        .forEach(line -> secrets.add(
                                line.replaceFirst("^[A-Z_]+='(k1:)?", "").replace("'", "")));
            }
        }
        assertThat(secrets).hasSizeGreaterThan(3).allMatch(secret -> secret.length() > 10);
        assertThat(processesOfThisHome())
                .isNotEmpty()
                .allSatisfy(process -> assertThat(secrets).noneMatch(commandLine(process)::contains));
    }

    private static void onlyTheOwnerMayRead(Path folder) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (var files = Files.walk(folder.resolve("secrets"))) {
            List<Path> secrets = files.filter(Files::isRegularFile).toList();
            assertThat(secrets).hasSizeGreaterThanOrEqualTo(3);
            for (Path file : secrets) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }
}
