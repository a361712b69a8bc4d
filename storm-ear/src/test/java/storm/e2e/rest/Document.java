package storm.e2e.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import storm.e2e.servers.Installation;

/// An OpenAPI 3.1 document and the shapes that it promises.
final class Document {
    /// The one that is kept with the sources.
    static final Path COMMITTED = Installation.root().resolve("docs/openapi.yaml");

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String HERE = "https://storm.example/openapi";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final JsonNode root;
    private final JsonSchemaFactory schemas;
    private final Map<String, JsonSchema> byPointer = new ConcurrentHashMap<>();

    private Document(JsonNode root) {
        this.root = root;
        // Schemas of OpenAPI 3.1 are JSON Schema 2020-12.
        this.schemas = JsonSchemaFactory.getInstance(
                VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(HERE, root.toString()))));
    }

    static Document committed() {
        try {
            return parse(Files.readString(COMMITTED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Document parse(String yaml) {
        try {
            return new Document(YAML.readTree(yaml));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return root;
    }

    /// A method on a path, with what the document says of it.
    record Operation(String method, String path, JsonNode node) {
        String row() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(item -> METHODS.contains(item.getKey()))
                        .forEach(item -> operations.add(new Operation(
                                item.getKey().toUpperCase(Locale.ROOT), path.getKey(), item.getValue()))));
        return operations;
    }

    /// The operations as the contract's tables name them.
    Set<String> rows() {
        return operations().stream().map(Operation::row).collect(Collectors.toCollection(TreeSet::new));
    }

    /// The node that a reference stands for, or the node itself.
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    /// What is wrong with an answer's body, empty if nothing is; `absent` if the operation has no such status.
    List<String> faults(Operation operation, int status, String body) {
        JsonNode response = operation.node().get("responses").get(String.valueOf(status));
        if (response == null) {
            return List.of("the document has no status " + status);
        }
        String pointer = response.has("$ref")
                ? response.get("$ref").asText().substring(1)
                : "/paths/" + escaped(operation.path()) + "/"
                        + operation.method().toLowerCase(Locale.ROOT) + "/responses/" + status;
        JsonSchema schema = byPointer.computeIfAbsent(
                pointer + "/content/application~1json/schema",
                key -> schemas.getSchema(
                        SchemaLocation.of(HERE + "#" + key),
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
        try {
            return schema.validate(YAML.readTree(body)).stream()
                    .map(ValidationMessage::getMessage)
                    .toList();
        } catch (JsonProcessingException e) {
            return List.of("no JSON: " + e.getOriginalMessage());
        }
    }

    /// What is wrong with a value by a schema of the document.
    List<String> faults(String pointer, JsonNode value) {
        return schemas.getSchema(SchemaLocation.of(HERE + "#" + pointer)).validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    static String escaped(String path) {
        return path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
    }
}
