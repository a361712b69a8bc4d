package storm.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The WAR as it is shipped, deployed into a real server.
@ExtendWith(ArquillianExtension.class)
class StormApplicationIT {
    /// The archive's name is its context root.
    @Deployment(testable = false)
    static WebArchive shippedWar() {
        return ShrinkWrap.create(WebArchive.class, "api.war")
                .merge(ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/storm-rest.war")));
    }

    @Test
    void unknownRouteIsNotFound(@ArquillianResource URL base)
            throws IOException, InterruptedException, URISyntaxException {
        URI unknown = base.toURI().resolve("/api/v1/no-such-thing");
        try (HttpClient client = HttpClient.newHttpClient()) {
            var response = client.send(HttpRequest.newBuilder(unknown).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(404);
        }
    }
}
