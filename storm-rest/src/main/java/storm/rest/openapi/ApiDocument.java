package storm.rest.openapi;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/// Completes the document that MicroProfile OpenAPI made of the resources' annotations.
///
/// Those say what an operation is for. The rest the code says already, and it is taken from there, so that it cannot
/// differ: who may call, the status, the envelope, the errors, and the shape of every record.
public class ApiDocument implements OASFilter {
    private static final System.Logger LOG = System.getLogger(ApiDocument.class.getName());
    private static final String APPLICATION = "/v1";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        try {
            complete(document);
        } catch (RuntimeException | Error e) {
            // Liberty would serve an empty document and say nothing.
            LOG.log(Level.ERROR, "the OpenAPI document can't be completed", e);
            throw e;
        }
    }

    private static void complete(OpenAPI document) {
        document.setInfo(OASFactory.createInfo()
                .title("Storm REST API")
                .version("1")
                .description("Every answer but that of GET /health is in an envelope: `success`, `data` or `error`, and"
                        + " `meta` with the request's id. Paths, statuses and codes are fixed: they are added to, never"
                        + " renamed."));
        document.setServers(List.of(OASFactory.createServer().url("/api/v1")));
        Schemas schemas = new Schemas();
        Failures failures = new Failures(schemas);
        Operations operations = new Operations(schemas, failures);
        Paths paths = OASFactory.createPaths();
        new TreeMap<>(document.getPaths().getPathItems())
                .forEach((path, item) -> paths.addPathItem(
                        path.startsWith(APPLICATION) ? path.substring(APPLICATION.length()) : path, item));
        for (Map.Entry<String, PathItem> path : paths.getPathItems().entrySet()) {
            operations.complete(path.getKey(), path.getValue());
        }
        document.setPaths(paths);
        Components components = OASFactory.createComponents();
        failures.all().forEach(components::addResponse);
        schemas.all().forEach(components::addSchema);
        Failures.headers().forEach(components::addHeader);
        components.addSecurityScheme(
                Operations.TOKEN,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description("An access token, from POST /auth/login."));
        document.setComponents(components);
    }
}
