package storm.e2e.containers;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import storm.protocol.json.Json;

/// The engine's own command line: `docker`, or what STORM_DOCKER names.
final class Docker {
    private static final String DOCKER = System.getenv().getOrDefault("STORM_DOCKER", "docker");

    private Docker() {}

    static Command command(String... words) {
        List<String> all = new ArrayList<>(List.of(DOCKER));
        all.addAll(List.of(words));
        return new Command(all, Map.of(), Duration.ofMinutes(2));
    }

    static String run(String... words) {
        return command(words).run().strip();
    }

    /// Runs a command inside a container.
    static Command.Outcome exec(String container, String... words) {
        List<String> all = new ArrayList<>(List.of(DOCKER, "exec", container));
        all.addAll(List.of(words));
        return new Command(all, Map.of(), Duration.ofMinutes(1)).attempt();
    }

    /// What the engine knows of a container or an image.
    static JsonObject inspect(String name) {
        String wrapped = "{\"all\":" + run("inspect", name) + "}";
        JsonArray all = Json.readObject(wrapped).getJsonArray("all");
        return all.getJsonObject(0);
    }

    static boolean hasImage(String name) {
        return command("image", "inspect", name).attempt().status() == 0;
    }
}
