package storm.e2e.containers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import storm.e2e.servers.Installation;

/// What the tests take in place of MongoDB where its image can't be had: a container of their own around the embedded
/// store. For Redis and nginx nothing stands in; where no registry answers, the engine has to have images of these
/// names.
final class StandIn {
    /// The MongoDB of the compose file.
    static final String MONGODB = "mongo:7.0.25";

    private static final String IMAGE = "storm-mongodb-stand-in:latest";
    /// The part of the tests' class path that it runs on.
    private static final List<String> NEEDED =
            List.of("storm-embedded", "mongo-java-server", "h2", "netty-", "slf4j-", "jspecify");

    private StandIn() {}

    /// The image to take for MongoDB if it is not the real one. Says so on standard output.
    static Optional<String> forMongo() {
        boolean asked = "embedded".equals(System.getenv("STORM_TEST_STORES"));
        if (!asked && (Docker.hasImage(MONGODB) || pulls(MONGODB))) {
            System.out.println("Containers: MongoDB is " + MONGODB);
            return Optional.empty();
        }
        System.out.println("Containers: the embedded store stands in for MongoDB (no passwords, no replica set), "
                + (asked ? "as STORM_TEST_STORES asks" : "since " + MONGODB + " can't be had"));
        build();
        return Optional.of(IMAGE);
    }

    private static boolean pulls(String image) {
        return Docker.command("pull", "--quiet", image).attempt().status() == 0;
    }

    private static void build() {
        try {
            Path context = Installation.root().resolve("storm-ear/target/e2e/stand-in");
            Path lib = Files.createDirectories(context.resolve("lib"));
            Files.copy(
                    resource("stand-in.Dockerfile"),
                    context.resolve("Dockerfile"),
                    StandardCopyOption.REPLACE_EXISTING);
            for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
                Path path = Path.of(element);
                if (isNeeded(path)) {
                    copy(path, lib);
                }
            }
            copyProgram(lib);
            new Command(
                            List.of(
                                    System.getenv().getOrDefault("STORM_DOCKER", "docker"),
                                    "build",
                                    "--quiet",
                                    "--tag",
                                    IMAGE,
                                    context.toString()),
                            Map.of("DOCKER_BUILDKIT", "0"),
                            Duration.ofMinutes(10))
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path resource(String name) {
        return Installation.root()
                .resolve("storm-ear/src/test/resources/containers")
                .resolve(name);
    }

    /// In a reactor build the embedded module may be a folder of classes.
    private static boolean isNeeded(Path path) {
        String name = String.valueOf(path.getFileName());
        return path.endsWith("embedded/target/classes") || NEEDED.stream().anyMatch(name::startsWith);
    }

    private static void copy(Path path, Path lib) throws IOException {
        if (Files.isDirectory(path)) {
            jar(path, lib.resolve("classes.jar"));
        } else {
            Files.copy(path, lib.resolve(path.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void copyProgram(Path lib) throws IOException {
        Path folder = Files.createTempDirectory("storm-stand-in-");
        String name = StandInMongo.class.getName().replace('.', '/') + ".class";
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (var in = StandInMongo.class.getResourceAsStream("/" + name)) {
            Files.copy(Objects.requireNonNull(in), file);
        }
        jar(folder, lib.resolve("stand-in.jar"));
    }

    private static void jar(Path folder, Path target) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(target));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(folder.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }
}
