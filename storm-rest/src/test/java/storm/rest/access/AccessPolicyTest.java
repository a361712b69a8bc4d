package storm.rest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import storm.core.config.Settings;
import storm.core.sessions.Verified;
import storm.protocol.errors.ErrorCode;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.protocol.users.Permission;
import storm.protocol.users.Role;
import storm.rest.http.RestConfig;
import storm.store.channels.ChannelPatch;
import storm.store.channels.StoredChannel;
import storm.store.users.Account;

class AccessPolicyTest {
    private static final UserId ANN = new UserId("0".repeat(23) + "a");
    private static final UserId BOB = new UserId("0".repeat(23) + "b");
    private static final Instant NOW = Instant.parse("2030-01-31T12:00:00Z");

    private final AccessPolicy policy = new AccessPolicy(RestConfig.from(Settings.of(Map.of(
            "storm.rate.limit.user", "7",
            "storm.rate.limit.staff", "70"))));

    private static Caller ann(Role role) {
        return new Caller(new Verified(
                ANN, role, new SessionId("00000000-0000-4000-8000-000000000000"), NOW, NOW.plusSeconds(900), "j"));
    }

    private static StoredChannel channel(UserId... members) {
        return new StoredChannel(
                new ChannelId("c".repeat(24)), "room", "", BOB, List.of(members), false, 0, NOW, NOW, 1);
    }

    private static Account account(UserId id, Role role) {
        return new Account(id, "name", "e@x.example", "", role, true, 1, 1, null, NOW, NOW);
    }

    private static void allowed(boolean expected, ThrowingCallable check) {
        if (expected) {
            org.assertj.core.api.Assertions.assertThatCode(check).doesNotThrowAnyException();
        } else {
            assertThatExceptionOfType(StormException.class)
                    .isThrownBy(check)
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRoleMayWhatItsTableSaysAndNothingElse(Role role) {
        for (Permission permission : Permission.values()) {
            allowed(role.permissions().contains(permission), () -> policy.requireAny(ann(role), permission));
        }
    }

    @Test
    void oneOfSeveralPermissionsIsEnough() {
        allowed(true, () -> policy.requireAny(ann(Role.MEMBER), Permission.AUDIT_READ, Permission.USER_READ));
        allowed(false, () -> policy.requireAny(ann(Role.MODERATOR), Permission.AUDIT_READ, Permission.CHANNEL_DELETE));
    }

    @Test
    void staffMayAskMoreOften() {
        assertThat(policy.limit(ann(Role.MEMBER)).calls()).isEqualTo(7);
        assertThat(policy.limit(ann(Role.MODERATOR)).calls()).isEqualTo(70);
        assertThat(policy.limit(ann(Role.ADMIN)).calls()).isEqualTo(70);
    }

    @ParameterizedTest
    @CsvSource({"MEMBER, false, true", "MODERATOR, true, true", "ADMIN, true, true"})
    void channelsAreForMembersAndStaff(Role role, boolean outside, boolean inside) {
        ChannelPatch rename = new ChannelPatch("new", null, null);
        for (boolean member : Set.of(true, false)) {
            StoredChannel channel = member ? channel(ANN, BOB) : channel(BOB);
            boolean expected = member ? inside : outside;
            allowed(expected, () -> policy.readChannel(ann(role), channel));
            allowed(expected, () -> policy.updateChannel(ann(role), channel, rename));
            allowed(expected, () -> policy.addMember(ann(role), channel));
            // Messages are for members, whatever their role.
            allowed(member, () -> policy.takePart(ann(role), channel));
        }
        allowed(role != Role.MEMBER, () -> policy.readAnyChannel(ann(role)));
        allowed(
                role != Role.MEMBER,
                () -> policy.updateChannel(ann(role), channel(ANN), new ChannelPatch(null, null, true)));
        allowed(true, () -> policy.removeMember(ann(role), ANN));
        allowed(role != Role.MEMBER, () -> policy.removeMember(ann(role), BOB));
    }

    @ParameterizedTest
    @EnumSource
    void messagesAreTheirSendersAndStaffDeletes(Role role) {
        allowed(true, () -> policy.editMessage(ann(role), ANN));
        allowed(false, () -> policy.editMessage(ann(role), BOB));
        assertThat(policy.deleteMessage(ann(role), ANN)).isFalse();
        if (role == Role.MEMBER) {
            allowed(false, () -> policy.deleteMessage(ann(role), BOB));
        } else {
            assertThat(policy.deleteMessage(ann(role), BOB)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void emailsAreForOneselfAndStaff(Role role) {
        assertThat(policy.seesEmail(ann(role), ANN)).isTrue();
        assertThat(policy.seesEmail(ann(role), BOB)).isEqualTo(role != Role.MEMBER);
        allowed(role == Role.ADMIN, () -> policy.updateUser(ann(role)));
    }

    @ParameterizedTest(name = "{0} makes a {1} a {2}: {3}")
    @CsvSource({
        "MEMBER,    MEMBER,    MODERATOR, false",
        "MODERATOR, MEMBER,    MODERATOR, true",
        "MODERATOR, MODERATOR, MEMBER,    true",
        "MODERATOR, MEMBER,    ADMIN,     false",
        "MODERATOR, ADMIN,     MEMBER,    false",
        "ADMIN,     MEMBER,    ADMIN,     true",
        "ADMIN,     ADMIN,     MEMBER,    true",
    })
    void whoMayAssignWhichRole(Role actor, Role before, Role after, boolean may) {
        allowed(may, () -> policy.assignRole(ann(actor), account(BOB, before), after));
    }

    @ParameterizedTest
    @EnumSource
    void nobodyChangesTheirOwnRole(Role role) {
        allowed(false, () -> policy.assignRole(ann(role), account(ANN, role), Role.MEMBER));
    }
}
