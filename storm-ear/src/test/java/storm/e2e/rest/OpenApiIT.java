package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;

/// The served OpenAPI document, and the copy of it that is kept with the sources.
class OpenApiIT extends RestTest {
    OpenApiIT(Storm storm) {
        super(storm);
    }

    private String served() {
        return PlainRest.at(storm.rest().http()).get("/openapi").body();
    }

    /// With `STORM_OPENAPI_UPDATE=true` in the environment the copy is written anew instead.
    @Test
    void theServedDocumentIsTheCommittedOne() throws IOException {
        String served = served();
        if ("true".equals(System.getenv("STORM_OPENAPI_UPDATE"))) {
            Files.writeString(Document.COMMITTED, served);
        }
        assertThat(Document.parse(served).root())
                .as("docs/openapi.yaml; to renew it: curl -s http://127.0.0.1:9080/openapi >docs/openapi.yaml")
                .isEqualTo(Document.committed().root());
    }

    @Test
    void everyOperationTellsItsPurposeItsErrorsAndAnExample() {
        Document document = Document.parse(served());
        assertThat(document.operations()).hasSize(38);
        for (Document.Operation operation : document.operations()) {
            JsonNode node = operation.node();
            assertThat(node.path("summary").asText()).as(operation.row()).isNotBlank();
            assertThat(node.path("operationId").asText()).as(operation.row()).isNotBlank();
            assertThat(node.path("tags")).as(operation.row()).isNotEmpty();
            node.path("parameters").forEach(parameter -> {
                assertThat(parameter.path("schema").isMissingNode())
                        .as(operation.row())
                        .isFalse();
            });
            node.get("responses").properties().forEach(response -> {
                JsonNode resolved = document.resolved(response.getValue());
                JsonNode media = resolved.path("content").path("application/json");
                assertThat(media.has("schema"))
                        .as(operation.row() + " " + response.getKey())
                        .isTrue();
                assertThat(media.has("example") || media.has("examples"))
                        .as(operation.row() + " " + response.getKey())
                        .isTrue();
            });
        }
    }

    @Test
    void everyExampleHasTheShapeThatItIsAnExampleOf() {
        Document document = Document.parse(served());
        List<String> faults = new ArrayList<>();
        for (Document.Operation operation : document.operations()) {
            JsonNode request =
                    operation.node().path("requestBody").path("content").path("application/json");
            if (!request.isMissingNode()) {
                String schema = request.get("schema").get("$ref").asText().substring(1);
                document.faults(schema, request.get("example"))
                        .forEach(fault -> faults.add(operation.row() + " request: " + fault));
            }
            operation.node().get("responses").properties().forEach(response -> {
                int status = Integer.parseInt(response.getKey());
                JsonNode media =
                        document.resolved(response.getValue()).path("content").path("application/json");
                List<JsonNode> examples = new ArrayList<>();
                if (media.has("example")) {
                    examples.add(media.get("example"));
                }
                media.path("examples").forEach(example -> examples.add(example.get("value")));
                examples.forEach(example -> document.faults(operation, status, example.toString())
                        .forEach(fault -> faults.add(operation.row() + " " + status + ": " + fault)));
            });
        }
        assertThat(faults).isEmpty();
    }
}
