package storm.admin.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import storm.admin.ConsolePeer;
import storm.admin.ui.DirectWork;
import storm.admin.ui.Remembered;
import storm.admin.ui.TestConsole;
import storm.admin.ui.Texts;
import storm.protocol.users.Role;

class SignInViewModelTest {
    private final Remembered remembered = TestConsole.memory();
    private final List<String> signedIn = new ArrayList<>();

    private SignInViewModel model(String url) {
        SignInViewModel model =
                new SignInViewModel(new DirectWork(), new Texts(Locale.ENGLISH), remembered, (client, me) -> {
                    signedIn.add(me.username());
                    client.close();
                });
        model.url().set(url);
        model.email().set("admin@example.org");
        model.password().set("Right-password-1");
        return model;
    }

    @Test
    void staffComesIn() throws Exception {
        try (ConsolePeer peer = new ConsolePeer(Role.MODERATOR)) {
            SignInViewModel model = model(peer.url());

            model.signIn();

            assertThat(signedIn).containsExactly("admin");
            assertThat(model.password().get()).isEmpty();
            assertThat(remembered.get("url")).contains(peer.url());
            assertThat(remembered.get("email")).contains("admin@example.org");
        }
    }

    @Test
    void memberIsToldThatTheConsoleIsForStaff() throws Exception {
        try (ConsolePeer peer = new ConsolePeer(Role.MEMBER)) {
            SignInViewModel model = model(peer.url());

            model.signIn();

            assertThat(signedIn).isEmpty();
            assertThat(model.message().get()).contains("moderators and admins");
            assertThat(peer.rest().count("POST /auth/logout")).isEqualTo(1);
        }
    }

    @Test
    void formIsReadyWhenItIsFilled() {
        SignInViewModel model = model("http://127.0.0.1:9");
        assertThat(model.ready().get()).isTrue();

        model.password().set("");

        assertThat(model.ready().get()).isFalse();
    }

    @Test
    void malformedAddressIsTold() {
        SignInViewModel model = model("ftp://example.org");

        model.signIn();

        assertThat(model.message().get()).contains("https://");
        assertThat(model.busy().get()).isFalse();
    }

    @Test
    void serverOutOfReachIsTold() throws Exception {
        String gone;
        try (ConsolePeer peer = new ConsolePeer(Role.ADMIN)) {
            gone = peer.url();
        }
        SignInViewModel model = model(gone);

        model.signIn();

        assertThat(model.message().get()).contains("cannot be reached");
    }
}
