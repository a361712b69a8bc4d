package storm.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import org.junit.jupiter.api.Test;
import storm.e2e.people.Person;
import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;
import storm.protocol.audit.AuditEntry;
import storm.protocol.ids.ChannelId;

@RunsOn(Topology.SPLIT)
class AuditIT extends ConsoleFlow {
    private static final String TABLE = "#audit-table";

    AuditIT(Storm storm) {
        super(storm);
    }

    @Test
    void actionsAreFoundByActorActionTargetAndTime() {
        Person moderator = moderator("mod");
        ChannelId channel = moderator.channelWith();
        String name = moderator.client().channels().get(channel).name();
        Person member = people.join("member");
        moderator.client().channels().addMember(channel, member.id());
        moderator.client().channels().removeMember(channel, member.id());
        signInAsAdmin();
        go("audit");
        until(() -> has(TABLE, AuditEntry.class, it -> it.action().equals("channel.member.remove")));
        until(() -> robot.lookup(moderator.username()).tryQuery().isPresent());

        fillIn("#audit-actor", moderator.username());
        until(() -> rows(TABLE) == 3);
        assertThat(all(it -> moderator.id().equals(it.actorId()))).isTrue();

        action("channel.member.add");
        until(() -> rows(TABLE) == 1);
        assertThat(column("audit-target")).containsExactly("#" + name);
        assertThat(hover("audit-target")).contains("channel:" + channel);
        until(() -> column("audit-details").equals(List.of("Member: " + member.username())));
        assertThat(hover("audit-details")).contains("userId: " + member.id());
        picture("audit-filtered");

        action("");
        fillIn("#audit-actor", "");
        fillIn("#audit-target", "#" + name);
        until(() -> rows(TABLE) == 3);
        assertThat(all(it -> it.target().equals("channel:" + channel))).isTrue();

        day("#audit-from", LocalDate.now(ZoneOffset.UTC).plusDays(1));
        until(() -> rows(TABLE) == 0);
        day("#audit-from", LocalDate.now(ZoneOffset.UTC).minusDays(1));
        until(() -> rows(TABLE) == 3);
        day("#audit-to", LocalDate.now(ZoneOffset.UTC).minusDays(1));
        until(() -> rows(TABLE) == 0);

        fillIn("#audit-target", "#no-such-channel");
        until(() -> text("#audit-failure").contains("No channel is called"));
    }

    @Test
    void aDeletedChannelKeepsItsName() {
        Person admin = admin();
        ChannelId channel = admin.channelWith(people.join("member"));
        String name = admin.client().channels().get(channel).name();
        admin.client().channels().delete(channel);
        signInAsAdmin();
        go("audit");
        fillIn("#audit-target", "channel:" + channel);

        until(() -> column("audit-target").equals(List.of("#" + name, "#" + name, "#" + name)));
    }

    private boolean all(java.util.function.Predicate<AuditEntry> wanted) {
        return table(TABLE).getItems().stream().map(AuditEntry.class::cast).allMatch(wanted);
    }

    @SuppressWarnings("unchecked")
    private void action(String code) {
        robot.interact(() -> ((ComboBox<String>) robot.lookup("#audit-action").queryAs(ComboBox.class)).setValue(code));
    }

    private void day(String picker, LocalDate day) {
        robot.interact(() -> robot.lookup(picker).queryAs(DatePicker.class).setValue(day));
    }
}
