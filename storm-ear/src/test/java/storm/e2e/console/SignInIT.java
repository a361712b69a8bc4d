package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import javafx.application.Application;
import javafx.application.ColorScheme;
import org.junit.jupiter.api.Test;
import storm.client.http.ServerAddress;
import storm.client.http.ServerCertificate;
import storm.e2e.people.Person;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.ServerProcess;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.protocol.users.Role;

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
            assertThat(text("#signin-fingerprint").lines())
                    .as("whole bytes in each line")
                    .allMatch(line -> line.matches("([0-9A-F]{2}:){7}[0-9A-F]{2}"));
            assertThat(inOneLine("#signin-fingerprint")).isEqualTo(shown);
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
            assertThat(inOneLine("#signin-expected")).contains(shown);
            assertThat(isOffered("#signin-accept")).isFalse();
            picture("signin-certificate-changed");

            tls.leadTo(httpsPort(storm.rest()));
            click("#signin-submit");
            until(() -> shows("#shell"));
        }
    }

    private String inOneLine(String label) {
        return text(label).replace('\n', ':');
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
    void signingOutRevokesTheSessionAndLeavesTheServerAndTheNameToTheNextStart() {
        Person moderator = moderator("mod");
        int before = moderator.client().auth().sessions().size();
        signIn(moderator);
        until(() -> moderator.client().auth().sessions().size() == before + 1);

        click("#sign-out");

        until(() -> shows("#signin"));
        assertThat(moderator.client().auth().sessions()).hasSize(before);
        memory.remove("theme");
        robot.interact(() -> open(Locale.ENGLISH));
        assertThat(typed("#signin-url")).isEqualTo("http://127.0.0.1:" + wire.port());
        assertThat(typed("#signin-email")).isEqualTo(moderator.email());
        assertThat(typed("#signin-password")).isEmpty();
        assertThat(memory.keySet())
                .as("nothing secret is written down")
                .allMatch(key -> key.matches("url|email|(window|column)\\..*"));
    }

    @Test
    void anAccessTokenThatIsNotTakenAnyMoreIsRenewedSilentlyAndWhoIsNoStaffAnyMoreIsSentAway() {
        Person moderator = moderator("mod");
        signIn(moderator);
        until(() -> text("#overview-waiting").equals("0"));

        // A new role makes every access token void; the session lives on.
        admin().client().users().changeRole(moderator.id(), Role.ADMIN);
        until(() -> wire.heard("POST /api/v1/auth/refresh") == 1);
        go("people");
        until(() -> rows("#people-table") > 0);
        assertThat(shows("#outage")).isFalse();
        assertThat(wire.heard("POST /api/v1/auth/login")).isEqualTo(1);

        admin().client().users().changeRole(moderator.id(), Role.MEMBER);
        until(() -> shows("#signin"));
        assertThat(text("#signin-message")).contains("Your role has changed");
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
    void theConsoleSpeaksGermanAndIsAsDarkAsTheSystemUntilOneChooses() {
        memory.remove("theme");
        robot.interact(() -> open(Locale.GERMAN));
        signInAsAdmin();
        until(() -> text("#overview-part-delivery").equals("Verbunden"));
        assertThat(text("#nav-people")).isEqualTo("Personen");

        system(ColorScheme.LIGHT);
        until(() -> theme().contains("primer-light"));
        layOut(1280, 800);
        pictureOfAll("overview-german-light");
        system(ColorScheme.DARK);
        until(() -> theme().contains("primer-dark"));
        pictureOfAll("overview-german-dark");

        click("#toggle-theme");
        assertThat(theme()).contains("primer-light");
        assertThat(memory).containsEntry("theme", "light");
        system(ColorScheme.LIGHT);
        system(ColorScheme.DARK);
        assertThat(theme()).as("what was chosen stays").contains("primer-light");
        click("#toggle-theme");
        assertThat(memory).as("follows the system again").containsEntry("theme", "");
        for (String page : new String[] {"channels", "people", "deadletters", "audit"}) {
            go(page);
            layOut(1280, 800);
            pictureOfAll(page + "-german-dark");
        }
    }

    private void system(ColorScheme scheme) {
        robot.interact(() -> window.getScene().getPreferences().setColorScheme(scheme));
    }

    private static String theme() {
        return String.valueOf(Application.getUserAgentStylesheet());
    }
}
