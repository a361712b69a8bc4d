package storm.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storm.e2e.people.Person;
import storm.e2e.people.Words;
import storm.e2e.servers.Storm;
import storm.e2e.web.PlainRest;
import storm.protocol.ids.ChannelId;

/// The table of roles and permissions: each permission by a call that needs it, as each role.
class RolesIT extends RestTest {
    RolesIT(Storm storm) {
        super(storm);
    }

    @ParameterizedTest(name = "{0}: member {4}, moderator {5}, admin {6}")
    @CsvSource(delimiter = '|', textBlock = """
            message:send           | POST   | /channels/OWN/messages         | MESSAGE              | 202 | 202 | 202
            message:read           | GET    | /channels/OWN/messages         |                      | 200 | 200 | 200
            message:edit:own       | PATCH  | /channels/OWN/messages/MINE    | {"content":"edited"} | 202 | 202 | 202
            message:delete:own     | DELETE | /channels/OWN/messages/MINE    |                      | 200 | 200 | 200
            channel:create         | POST   | /channels                      | {"name":"NAME"}      | 201 | 201 | 201
            channel:read           | GET    | /channels/OWN                  |                      | 200 | 200 | 200
            channel:update:own     | PATCH  | /channels/OWN                  | {"description":"x"}  | 200 | 200 | 200
            channel:manage:members | POST   | /channels/OWN/members          | {"userId":"OTHER"}   | 200 | 200 | 200
            user:read              | GET    | /users/OTHER                   |                      | 200 | 200 | 200
            user:update:own        | PATCH  | /users/me                      | {}                   | 400 | 400 | 400
            message:delete:any     | DELETE | /channels/FOREIGN/messages/THEIRS |                   | 403 | 200 | 200
            channel:archive        | PATCH  | /channels/OWN                  | {"isArchived":true}  | 403 | 200 | 200
            channel:read:any       | GET    | /channels/FOREIGN              |                      | 403 | 200 | 200
            channel:read:any       | GET    | /channels?scope=all            |                      | 403 | 200 | 200
            channel:update:any     | PATCH  | /channels/FOREIGN              | {"description":"x"}  | 403 | 200 | 200
            channel:update:any     | POST   | /channels/FOREIGN/members      | {"userId":"SELF"}    | 403 | 200 | 200
            channel:update:any     | DELETE | /channels/FOREIGN/members/OWNER |                     | 403 | 200 | 200
            user:list              | GET    | /users                         |                      | 403 | 200 | 200
            deadletter:read        | GET    | /dead-letters                  |                      | 403 | 200 | 200
            deadletter:manage      | POST   | /dead-letters/retry            | {"ids":["00000000-0000-4000-8000-000000000000"]} | 403 | 202 | 202
            deadletter:manage      | POST   | /dead-letters/discard          | {"ids":["00000000-0000-4000-8000-000000000000"]} | 403 | 200 | 200
            queue:read             | GET    | /queue/stats                   |                      | 403 | 200 | 200
            user:role:assign       | PATCH  | /users/OTHER                   | {"role":"member"}    | 403 | 200 | 200
            channel:delete         | DELETE | /channels/FOREIGN              |                      | 403 | 403 | 200
            user:update:any        | PATCH  | /users/OTHER                   | {"username":"NAME"}  | 403 | 403 | 200
            user:deactivate        | DELETE | /users/OTHER                   |                      | 403 | 403 | 200
            session:revoke:any     | DELETE | /users/OTHER/sessions          |                      | 403 | 403 | 200
            audit:read             | GET    | /audit-log                     |                      | 403 | 403 | 200
            """)
    @Row({
        "message:send",
        "message:read",
        "message:edit:own",
        "message:delete:own",
        "channel:create",
        "channel:read",
        "channel:update:own",
        "channel:manage:members",
        "user:read",
        "user:update:own",
        "message:delete:any",
        "channel:archive",
        "channel:read:any",
        "channel:update:any",
        "user:list",
        "deadletter:read",
        "deadletter:manage",
        "queue:read",
        "user:role:assign",
        "channel:delete",
        "user:update:any",
        "user:deactivate",
        "session:revoke:any",
        "audit:read"
    })
    void eachRoleMayWhatTheTableSays(
            String permission, String method, String path, String body, int member, int moderator, int admin) {
        List<Integer> statuses = List.of(member, moderator, admin);
        List<Person> callers = List.of(cast().ann(), cast().moderator(), cast().admin());
        for (int i = 0; i < callers.size(); i++) {
            Person caller = callers.get(i);
            assertThat(send(caller.rest(), method, filled(path, caller), body == null ? null : filled(body, caller))
                            .status())
                    .as("%s as number %d", permission, i)
                    .isEqualTo(statuses.get(i));
        }
    }

    /// Puts in what the words stand for, made for this call.
    private String filled(String text, Person caller) {
        String filled = text.replace("NAME", Words.name("n"))
                .replace("SELF", caller.id().value())
                .replace("MESSAGE", PlainRest.message(PlainRest.newId(), Words.text()));
        if (filled.contains("OWNER")) {
            filled = filled.replace("OWNER", cast().bob().id().value());
        }
        if (filled.contains("OTHER")) {
            filled = filled.replace("OTHER", people.join("other").id().value());
        }
        if (filled.contains("OWN")) {
            ChannelId own = caller.channelWith();
            filled = filled.replace("OWN", own.value());
            if (filled.contains("MINE")) {
                filled = filled.replace("MINE", delivered(caller, own));
            }
        }
        if (filled.contains("FOREIGN")) {
            ChannelId foreign = cast().bob().channelWith();
            filled = filled.replace("FOREIGN", foreign.value());
            if (filled.contains("THEIRS")) {
                filled = filled.replace("THEIRS", delivered(cast().bob(), foreign));
            }
        }
        return filled;
    }
}
