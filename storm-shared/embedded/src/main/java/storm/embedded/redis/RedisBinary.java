package storm.embedded.redis;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/// The `redis-server` program that runs on this machine.
///
/// The embedded-redis jar brings one for each platform. The one for Linux on x86-64 needs OpenSSL 3; where that is
/// missing, the jar's statically linked 32-bit build takes its place, and last a `redis-server` of the machine's own.
final class RedisBinary {

    private RedisBinary() {}

    /// Puts the program into `folder` (each start afresh, so that an upgrade takes effect) and gives its path.
    ///
    /// @throws UncheckedIOException when the folder can't be written or nothing here can run
    static Path in(Path folder) {
        try {
            Files.createDirectories(folder);
            Path own = extract(folder, ExecutableProvider.newProvidedVersionsMap());
            if (runs(own)) {
                return own;
            }
            if (OsArchitecture.UNIX_x86_64.equals(OsArchitecture.detectOSandArchitecture())) {
                Map<OsArchitecture, String> portable = new HashMap<>(ExecutableProvider.newProvidedVersionsMap());
                portable.put(OsArchitecture.UNIX_x86_64, "/redis-server-6.2.7-linux-386");
                Path fallback = extract(folder, portable);
                if (runs(fallback)) {
                    return fallback;
                }
            }
            Path installed = onPath();
            if (installed != null && runs(installed)) {
                return installed;
            }
            throw new IOException(
                    "no redis-server runs on this machine; install OpenSSL 3 or Redis, or set STORM_REDIS_URL");
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static Path extract(Path folder, Map<OsArchitecture, String> versions) throws IOException {
        return ExecutableProvider.newJarResourceProvider(folder::toFile, versions)
                .get()
                .toPath();
    }

    private static boolean runs(Path program) throws IOException {
        Process process = new ProcessBuilder(List.of(program.toString(), "--version"))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(10, SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    private static @Nullable Path onPath() {
        String path = System.getenv("PATH");
        if (path == null) {
            return null;
        }
        for (String folder : path.split(":")) {
            Path candidate = Path.of(folder, "redis-server");
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
