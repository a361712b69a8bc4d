package storm.client.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import storm.client.http.CertificatePin;
import storm.client.http.Trust;
import storm.protocol.errors.StormException;

class CommandTest {
    @Test
    void lineIsSaid() {
        assertThat(Command.parse("  hello there ")).isEqualTo(new Command.Say("hello there"));
    }

    @Test
    void doubleSlashSaysALineThatBeginsWithOne() {
        assertThat(Command.parse("//join me")).isEqualTo(new Command.Say("/join me"));
    }

    @Test
    void emptyLineSaysNothing() {
        assertThat(Command.parse("   ")).isEqualTo(new Command.Nothing());
    }

    @Test
    void commandsTakeTheirWords() {
        assertThat(Command.parse("/join #general")).isEqualTo(new Command.Join("general"));
        assertThat(Command.parse("/create news what is new")).isEqualTo(new Command.Create("news", "what is new"));
        assertThat(Command.parse("/INVITE bob")).isEqualTo(new Command.Invite("bob"));
        assertThat(Command.parse("/history 5")).isEqualTo(new Command.History(5));
        assertThat(Command.parse("/quit")).isEqualTo(new Command.Quit());
    }

    @Test
    void unknownAndIncompleteCommandsAreNotSent() {
        for (String line : List.of("/nonsense", "/join", "/invite", "/create", "/history 999")) {
            assertThat(Command.parse(line)).isInstanceOf(Command.Unclear.class);
        }
    }

    @Test
    void othersCannotMoveTheCursor() {
        assertThat(Screen.harmless("a\u001b[2Jb\nc\u0007")).isEqualTo("a[2Jb c");
    }

    @Test
    void argumentsOverrideTheEnvironment() {
        ChatOptions options = ChatOptions.parse(
                List.of("--url", "http://127.0.0.1:9180", "--email", "a@example.org", "--fingerprint", "ab".repeat(32)),
                Map.of("STORM_URL", "https://elsewhere.example.org", "STORM_CHAT_PASSWORD", "Secret-pass-1"));

        assertThat(options.address().rest()).hasToString("http://127.0.0.1:9180");
        assertThat(options.trust()).isEqualTo(Trust.pinned(new CertificatePin("ab".repeat(32))));
        assertThat(options.password()).contains("Secret-pass-1");
        assertThat(options.toString()).doesNotContain("Secret");
    }

    @Test
    void unknownOptionIsNamed() {
        Assertions.assertThatThrownBy(() -> ChatOptions.parse(List.of("--colour"), Map.of()))
                .isInstanceOf(StormException.class)
                .hasMessageContaining("--colour");
    }
}
