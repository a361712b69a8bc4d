package storm.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import storm.protocol.channels.AddMemberRequest;
import storm.protocol.channels.Channel;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.protocol.rest.Meta;
import storm.protocol.rest.Success;
import storm.protocol.users.Role;
import storm.protocol.users.UpdateUserRequest;
import storm.protocol.users.User;
import storm.protocol.users.Users;

class JsonTest {
    private static final Instant NOW = Instant.parse("2030-01-31T12:00:00Z");
    private static final UserId ID = new UserId("65f000000000000000000001");

    @Test
    void recordsComeBackAsTheyWereWritten() {
        User user = new User(ID, "ada", null, Role.MODERATOR, true, null, NOW);
        assertThat(Json.read(Json.write(user), User.class)).isEqualTo(user);
        Channel channel = new Channel(
                new ChannelId("65f0000000000000000000c1"), "general", "", ID, List.of(ID), false, 3, 1L, NOW, NOW);
        assertThat(Json.read(Json.write(channel), Channel.class)).isEqualTo(channel);
    }

    @Test
    void theEnvelopeIsTheContracts() {
        String json = Json.write(new Success(
                new Users(List.of(new User(ID, "ada", "ada@example.org", Role.ADMIN, true, null, NOW))),
                new Meta("r1", NOW)));
        assertThat(json)
                .isEqualTo(
                        "{\"data\":{\"users\":[{\"createdAt\":\"2030-01-31T12:00:00Z\",\"email\":\"ada@example.org\","
                                + "\"id\":\"65f000000000000000000001\",\"isActive\":true,\"role\":\"admin\",\"username\":\"ada\"}]},"
                                + "\"meta\":{\"requestId\":\"r1\",\"timestamp\":\"2030-01-31T12:00:00Z\"},\"success\":true}");
    }

    @Test
    void aMalformedIdNamesItsField() {
        assertThat(catchThrowableOfType(
                                StormException.class, () -> Json.read("{\"userId\":\"x\"}", AddMemberRequest.class))
                        .details())
                .isEqualTo(Map.of("userId", "must be 24 hex digits"));
    }

    @Test
    void anUnknownRoleNamesTheKnownOnes() {
        assertThat(catchThrowableOfType(
                                StormException.class, () -> Json.read("{\"role\":\"king\"}", UpdateUserRequest.class))
                        .details())
                .isEqualTo(Map.of("role", "must be one of member, moderator, admin"));
    }
}
