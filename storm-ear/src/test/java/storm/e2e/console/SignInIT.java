package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import storm.client.http.ServerAddress;
import storm.client.http.ServerCertificate;
import storm.e2e.people.Person;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.ServerProcess;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;

@RunsOn(Topology.SPLIT)
class SignInIT extends ConsoleFlow {
    SignInIT(Storm storm) {
        super(storm);
    }

    private static int httpsPort(ServerProcess server) {
        return Integer.parseInt(String.valueOf(server.environment().get("STORM_HTTPS_PORT")));
    }

    @Test
    void aSelfSignedCertificateIsPinnedOnConsentAndAChangedOneIsRefused() {
        try (Wire tls = Wire.to(httpsPort(storm.rest()))) {
            String url = "https://127.0.0.1:" + tls.port();
            String shown = fingerprint(url);
            fillIn("#signin-url", url);
            fillIn("#signin-email", secret("STORM_ADMIN_EMAIL"));
            fillIn("#signin-password", secret("STORM_ADMIN_PASSWORD"));
            click("#signin-submit");
            until(() -> shows("#signin-fingerprint"));
            assertThat(text("#signin-fingerprint")).isEqualTo(shown);
            picture("signin-certificate");
            click("#signin-accept");
            until(() -> shows("#shell"));
            click("#sign-out");
            until(() -> shows("#signin"));

            tls.leadTo(httpsPort(storm.gateway()));
            assertThat(fingerprint(url)).isNotEqualTo(shown);
            fillIn("#signin-password", secret("STORM_ADMIN_PASSWORD"));
            click("#signin-submit");
            until(() -> shows("#signin-expected"));
            assertThat(text("#signin-message")).contains("changed");
            assertThat(text("#signin-expected")).contains(shown);
            assertThat(isOffered("#signin-accept")).isFalse();
            picture("signin-certificate-changed");

            tls.leadTo(httpsPort(storm.rest()));
            click("#signin-submit");
            until(() -> shows("#shell"));
        }
    }

    private static String fingerprint(String url) {
        return ServerCertificate.fetch(ServerAddress.of(url), Duration.ofSeconds(10))
                .pin()
                .display();
    }

    @Test
    void aWrongPasswordIsTold() {
        fillIn("#signin-email", secret("STORM_ADMIN_EMAIL"));
        fillIn("#signin-password", "Wrong-password-1");
        click("#signin-submit");

        until(() -> text("#signin-message").contains("wrong"));
        picture("signin-wrong-password");
    }

    @Test
    void aMemberIsToldThatTheConsoleIsForStaffAndKeepsNoSession() {
        Person member = people.join("member");
        fillIn("#signin-email", member.email());
        fillIn("#signin-password", member.password());
        click("#signin-submit");

        until(() -> text("#signin-message").contains("moderators and admins"));
        until(() -> member.client().auth().sessions().size() == 1);
        picture("signin-member");
    }

    @Test
    void signingOutRevokesTheSession() {
        Person moderator = moderator("mod");
        int before = moderator.client().auth().sessions().size();
        signIn(moderator);
        until(() -> moderator.client().auth().sessions().size() == before + 1);

        click("#sign-out");

        until(() -> shows("#signin"));
        assertThat(moderator.client().auth().sessions()).hasSize(before);
    }

    @Test
    void aRevokedSessionLeadsBackToTheSignIn() {
        Person moderator = moderator("mod");
        signIn(moderator);

        admin().client().users().endSessions(moderator.id());

        until(() -> shows("#signin"));
        assertThat(text("#signin-message")).contains("ended");
        picture("signin-session-ended");
    }

    @Test
    void theConsoleSpeaksGermanAndStaysDark() {
        memory.put("theme", "dark");
        robot.interact(() -> open(Locale.GERMAN));
        signInAsAdmin();

        until(() -> text("#overview-part-delivery").equals("Verbunden"));
        assertThat(text("#nav-people")).isEqualTo("Personen");
        picture("overview-german-dark");
        click("#toggle-theme");
        assertThat(memory).doesNotContainEntry("theme", "dark");
        picture("overview-german-light");
    }
}
