package storm.rest.openapi;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import storm.protocol.health.Health;
import storm.protocol.users.Permission;
import storm.rest.access.Public;
import storm.rest.access.Requires;
import storm.rest.audit.AuditLogResource;
import storm.rest.auth.AuthResource;
import storm.rest.channels.ChannelsResource;
import storm.rest.deadletters.DeadLettersResource;
import storm.rest.health.HealthResource;
import storm.rest.http.Paged;
import storm.rest.http.Status;
import storm.rest.messages.MessagesResource;
import storm.rest.queue.QueueResource;
import storm.rest.users.UsersResource;

/// Completes each operation by the resource method that serves it.
final class Operations {
    static final String TOKEN = "accessToken";

    private static final List<Class<?>> RESOURCES = List.of(
            AuditLogResource.class,
            AuthResource.class,
            ChannelsResource.class,
            DeadLettersResource.class,
            HealthResource.class,
            MessagesResource.class,
            QueueResource.class,
            UsersResource.class);
    private static final Map<Class<? extends Annotation>, PathItem.HttpMethod> METHODS = Map.of(
            GET.class, PathItem.HttpMethod.GET,
            POST.class, PathItem.HttpMethod.POST,
            PUT.class, PathItem.HttpMethod.PUT,
            PATCH.class, PathItem.HttpMethod.PATCH,
            DELETE.class, PathItem.HttpMethod.DELETE);

    private final Schemas schemas;
    private final Failures failures;
    private final Map<String, Method> methods = new HashMap<>();

    Operations(Schemas schemas, Failures failures) {
        this.schemas = schemas;
        this.failures = failures;
        for (Class<?> resource : RESOURCES) {
            for (Method method : resource.getDeclaredMethods()) {
                METHODS.forEach((annotation, verb) -> {
                    if (method.isAnnotationPresent(annotation)) {
                        methods.put(verb + " " + path(resource) + path(method), method);
                    }
                });
            }
        }
    }

    private static String path(java.lang.reflect.AnnotatedElement element) {
        Path path = element.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }

    void complete(String path, PathItem item) {
        item.getOperations().forEach((verb, operation) -> {
            Method method = methods.get(verb + " " + path);
            if (method == null) {
                throw new IllegalStateException("no resource known for " + verb + " " + path);
            }
            complete(operation, method);
        });
    }

    private void complete(Operation operation, Method method) {
        boolean open = method.isAnnotationPresent(Public.class);
        if (!open) {
            operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(TOKEN)));
        }
        Requires requires = method.getAnnotation(Requires.class);
        if (requires != null) {
            String needed =
                    Arrays.stream(requires.value()).map(Permission::wire).collect(Collectors.joining("`, `"));
            operation.setDescription(Stream.of(operation.getDescription(), "Permission: `" + needed + "`.")
                    .filter(text -> text != null)
                    .collect(Collectors.joining(" ")));
        }
        for (Parameter parameter : method.getParameters()) {
            complete(operation, parameter);
        }
        APIResponses given = operation.getResponses();
        APIResponses responses = OASFactory.createAPIResponses();
        Status status = method.getAnnotation(Status.class);
        responses.addAPIResponse(String.valueOf(status == null ? 200 : status.value()), answer(method));
        boolean health = method.getReturnType() != Paged.class && answered(method) == Health.class;
        if (health) {
            responses.addAPIResponse("503", answer(method).description("Some part is disconnected."));
            responses.addAPIResponse("500", Failures.reference(500));
            responses.addAPIResponse("406", Failures.reference(406));
        } else {
            failures.of(operation, !open, requires != null)
                    .forEach(code -> responses.addAPIResponse(String.valueOf(code), Failures.reference(code)));
        }
        // What an annotation says of an error counts more than what all routes have in common.
        given.getAPIResponses().forEach((code, response) -> {
            if (!code.startsWith("2")) {
                responses.addAPIResponse(code, failures.described(Integer.parseInt(code), response));
            }
        });
        operation.setResponses(responses);
    }

    private void complete(Operation operation, Parameter parameter) {
        PathParam path = parameter.getAnnotation(PathParam.class);
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        if (path != null || query != null) {
            String name = path != null ? path.value() : query == null ? "" : query.value();
            operation.getParameters().stream()
                    .filter(each ->
                            name.equals(each.getName()) && parameter.getType().isRecord())
                    .forEach(each -> each.setSchema(schemas.reference(parameter.getType())));
        } else if (parameter.getAnnotations().length == 0) {
            operation.setRequestBody(OASFactory.createRequestBody()
                    .required(true)
                    .content(OASFactory.createContent()
                            .addMediaType(
                                    MediaType.APPLICATION_JSON,
                                    OASFactory.createMediaType()
                                            .schema(schemas.reference(parameter.getType()))
                                            .example(schemas.example(parameter.getType())))));
        }
    }

    private static Class<?> answered(Method method) {
        APIResponseSchema schema = method.getAnnotation(APIResponseSchema.class);
        return schema == null ? method.getReturnType() : schema.value();
    }

    private APIResponse answer(Method method) {
        Class<?> data = answered(method);
        boolean page = method.getReturnType() == Paged.class;
        Schema schema = data == Health.class ? schemas.reference(data) : schemas.envelope(data, page);
        Object example = data == Health.class ? schemas.example(data) : schemas.enveloped(data, page);
        APIResponse response = OASFactory.createAPIResponse()
                .description("Done.")
                .content(OASFactory.createContent()
                        .addMediaType(
                                MediaType.APPLICATION_JSON,
                                OASFactory.createMediaType().schema(schema).example(example)));
        response.addHeader("X-Request-Id", Failures.header("X-Request-Id"));
        if (data != Health.class) {
            Failures.LIMITS.forEach(name -> response.addHeader(name, Failures.header(name)));
        }
        return response;
    }
}
