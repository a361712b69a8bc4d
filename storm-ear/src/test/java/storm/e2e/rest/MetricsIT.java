package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.e2e.web.PlainRest.Answer;

/// Metrics and health beside the interface.
class MetricsIT extends RestTest {
    MetricsIT(Storm storm) {
        super(storm);
    }

    @Test
    void requestsErrorsLoginsRefreshesAndRevocationsAreCounted() {
        Person ann = people.join("ann");
        Metrics before = Metrics.of(storm);

        JsonObject tokens = good(stranger().post("/auth/login", credentials(ann)), 200);
        stranger().post("/auth/login", json("email", ann.email(), "password", Words.PASSWORD + "?"));
        JsonObject next = good(stranger().post("/auth/refresh", refreshWith(tokens.getString("refreshToken"))), 200);
        Words.keep(next.getString("refreshToken"));
        stranger().post("/auth/refresh", refreshWith("unknown"));
        good(stranger().withToken(next.getString("accessToken")).post("/auth/logout", "{}"), 200);
        stranger().call("BREW", "/users/me", null, List.of());
        stranger().post("/auth/refresh", refreshWith(tokens.getString("refreshToken")));

        Metrics after = Metrics.of(storm);
        assertThat(grown(before, after, "storm_rest_logins_total", "result", "good"))
                .isEqualTo(1);
        assertThat(grown(before, after, "storm_rest_logins_total", "result", "refused"))
                .isEqualTo(1);
        assertThat(grown(before, after, "storm_rest_refreshes_total", "result", "good"))
                .isEqualTo(1);
        assertThat(grown(before, after, "storm_rest_refreshes_total", "result", "refused"))
                .isEqualTo(2);
        assertThat(grown(before, after, "storm_rest_revocations_total", "result", "session"))
                .isEqualTo(1);
        assertThat(grown(before, after, "storm_rest_errors_total", "code", "UNAUTHORIZED"))
                .isEqualTo(3);
        assertThat(grown(before, after, "storm_rest_errors_total", "code", "METHOD_NOT_ALLOWED"))
                .isEqualTo(1);
        assertThat(grown(before, after, "storm_rest_requests_seconds_count", "method", "POST", "status", "200"))
                .isEqualTo(3);
        assertThat(grown(before, after, "storm_rest_requests_seconds_count", "method", "other", "status", "405"))
                .isEqualTo(1);
    }

    private static double grown(Metrics before, Metrics after, String name, String... labels) {
        return after.value(name, labels) - before.value(name, labels);
    }

    @Test
    void startedLiveAndReadyAreUpAndReadyNamesItsStores() {
        PlainRest server = PlainRest.at(storm.rest().http());
        for (String check : List.of("started", "live", "ready")) {
            Answer answer = server.get("/health/" + check);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().getString("status")).isEqualTo("UP");
        }
        assertThat(server.get("/health/ready").json().getJsonArray("checks").getValuesAs(JsonObject.class))
                .filteredOn(check -> check.getString("name").equals("storm-rest"))
                .singleElement()
                .satisfies(check ->
                        assertThat(check.getJsonObject("data").keySet()).contains("mongo", "redis"));
    }
}
