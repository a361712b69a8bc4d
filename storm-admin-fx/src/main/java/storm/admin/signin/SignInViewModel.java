package storm.admin.signin;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import storm.admin.ui.Remembered;
import storm.admin.ui.Texts;
import storm.admin.ui.Work;
import storm.client.StormClient;
import storm.client.http.CertificatePin;
import storm.client.http.ServerAddress;
import storm.client.http.ServerCertificate;
import storm.client.http.Trust;
import storm.protocol.errors.StormException;
import storm.protocol.users.Permission;
import storm.protocol.users.User;

/// The sign-in form: what is in it, whether it may be submitted, and what came of it.
///
/// A certificate that no authority vouches for is shown by its fingerprint; once accepted it is pinned to that server,
/// and any other is refused until the person says that they have checked it. Nothing is sent before that.
public final class SignInViewModel {
    /// What the server is remembered under.
    public static final String URL = "url";

    private static final Duration CERTIFICATE_TIMEOUT = Duration.ofSeconds(5);
    private static final String EMAIL = "email";
    private static final String PIN = "pin.";
    private static final String DEFAULT_URL = "http://127.0.0.1:9080";

    private final Work work;
    private final Texts texts;
    private final Remembered remembered;
    private final BiConsumer<StormClient, User> signedIn;
    private final StringProperty url = new SimpleStringProperty();
    private final StringProperty email = new SimpleStringProperty();
    private final StringProperty password = new SimpleStringProperty("");
    private final StringProperty message = new SimpleStringProperty("");
    private final StringProperty fingerprint = new SimpleStringProperty("");
    private final StringProperty expected = new SimpleStringProperty("");
    private final BooleanProperty checked = new SimpleBooleanProperty();
    private final BooleanProperty busy = new SimpleBooleanProperty();

    /// @param signedIn gets the client of somebody who may use the console
    public SignInViewModel(Work work, Texts texts, Remembered remembered, BiConsumer<StormClient, User> signedIn) {
        this.work = work;
        this.texts = texts;
        this.remembered = remembered;
        this.signedIn = signedIn;
        url.set(remembered.get(URL).orElse(DEFAULT_URL));
        email.set(remembered.get(EMAIL).orElse(""));
    }

    public StringProperty url() {
        return url;
    }

    public StringProperty email() {
        return email;
    }

    public StringProperty password() {
        return password;
    }

    /// What went wrong, or why somebody has to sign in again; empty if there is nothing to say.
    public StringProperty message() {
        return message;
    }

    /// The fingerprint of a certificate that awaits consent; empty if none does.
    public StringProperty fingerprint() {
        return fingerprint;
    }

    /// The fingerprint that was accepted before, if the server now shows another; empty otherwise.
    public StringProperty expected() {
        return expected;
    }

    /// Whether the person says that the new certificate is right.
    public BooleanProperty checked() {
        return checked;
    }

    /// Whether the certificate that is shown may be accepted.
    public BooleanBinding acceptable() {
        return fingerprint.isNotEmpty().and(expected.isEmpty().or(checked));
    }

    public BooleanProperty busy() {
        return busy;
    }

    public BooleanBinding ready() {
        return Bindings.createBooleanBinding(
                () -> !busy.get()
                        && !url.get().isBlank()
                        && !email.get().isBlank()
                        && !password.get().isEmpty(),
                busy,
                url,
                email,
                password);
    }

    public void signIn() {
        message.set("");
        fingerprint.set("");
        expected.set("");
        checked.set(false);
        ServerAddress address;
        try {
            address = ServerAddress.of(url.get());
        } catch (StormException e) {
            message.set(texts.failure(e));
            return;
        }
        busy.set(true);
        StormClient client = StormClient.of(address, trust(address));
        String who = email.get().strip();
        String secret = password.get();
        work.run(
                () -> {
                    client.auth().login(who, secret);
                    return client.users().me();
                },
                me -> arrived(client, me),
                e -> refused(client, address, e));
    }

    /// Believes the certificate that was shown, from now on, and tries again.
    public void acceptCertificate() {
        if (!acceptable().get()) {
            return;
        }
        ServerAddress address = ServerAddress.of(url.get());
        remembered.put(PIN + address.rest().getAuthority(), new CertificatePin(fingerprint.get()).fingerprint());
        signIn();
    }

    private Optional<CertificatePin> pin(ServerAddress address) {
        return remembered.get(PIN + address.rest().getAuthority()).map(CertificatePin::new);
    }

    private Trust trust(ServerAddress address) {
        return pin(address).map(Trust::pinned).orElseGet(Trust::authorities);
    }

    private void arrived(StormClient client, User me) {
        busy.set(false);
        password.set("");
        if (!me.role().may(Permission.USER_LIST)) {
            message.set(texts.get("signin.staffOnly"));
            work.run(
                    () -> {
                        try (client) {
                            client.auth().logout();
                        }
                        return Optional.empty();
                    },
                    _ -> {},
                    _ -> {});
            return;
        }
        remembered.put(URL, url.get().strip());
        remembered.put(EMAIL, email.get().strip());
        signedIn.accept(client, me);
    }

    private void refused(StormClient client, ServerAddress address, StormException failure) {
        client.close();
        if (!ServerCertificate.isDistrusted(failure)) {
            busy.set(false);
            message.set(texts.failure(failure));
            return;
        }
        work.run(
                () -> ServerCertificate.fetch(address, CERTIFICATE_TIMEOUT),
                certificate -> distrusted(certificate, pin(address)),
                e -> {
                    busy.set(false);
                    message.set(texts.failure(e));
                });
    }

    private void distrusted(ServerCertificate shown, Optional<CertificatePin> pinned) {
        busy.set(false);
        if (pinned.filter(shown.pin()::equals).isPresent()) {
            message.set(texts.get("signin.certificateExpired"));
            return;
        }
        message.set(
                texts.get(pinned.isPresent() ? "signin.certificateChanged" : "signin.certificate", shown.subject()));
        expected.set(pinned.map(CertificatePin::display).orElse(""));
        fingerprint.set(shown.pin().display());
    }
}
