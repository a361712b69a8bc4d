package storm.ws.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    @Test
    void aTicketIsPreferredThenTheHeaderThenTheQuery() {
        Map<String, String[]> both = Map.of("ticket", new String[] {"t"}, "token", new String[] {"q"});
        Map<String, String[]> token = Map.of("token", new String[] {"q"});

        assertThat(Credentials.of(both, "Bearer h")).isEqualTo(new Credentials.Ticket("t"));
        assertThat(Credentials.of(token, "bearer h")).isEqualTo(new Credentials.Token("h"));
        assertThat(Credentials.of(token, "Basic h")).isEqualTo(new Credentials.Token("q"));
        assertThat(Credentials.of(Map.of(), null)).isEqualTo(new Credentials.None());
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(new Credentials.Ticket("secret")).hasToString("Ticket[masked]");
        assertThat(new Credentials.Token("secret")).hasToString("Token[masked]");
    }
}
