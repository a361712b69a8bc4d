package storm.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storm.protocol.channels.ReadMarker;
import storm.protocol.channels.UpdateChannelRequest;
import storm.protocol.deadletters.DeadLetterSelection;
import storm.protocol.json.Json;
import storm.protocol.messages.SendMessageRequest;
import storm.protocol.users.UpdateUserRequest;

class JsonShapeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"seq":1}                     | {}
            {"seq":9223372036854775807}   | {}
            {"seq":1e3}                   | {}
            {}                            | {seq=must not be null}
            {"seq":null}                  | {seq=must not be null}
            {"seq":"1"}                   | {seq=must be a whole number}
            {"seq":1.5}                   | {seq=must be a whole number}
            {"seq":9223372036854775808}   | {seq=must be a whole number}
            {"seq":1e999999999}           | {seq=must be a whole number}
            {"seq":true}                  | {seq=must be a whole number}
            """)
    void numbersMustBeThereAndWhole(String json, String faults) {
        assertThat(JsonShape.faults(Json.readObject(json), ReadMarker.class)).hasToString(faults);
    }

    @Test
    void textsIdsWordsAndMomentsAreStrings() {
        assertThat(JsonShape.faults(
                                Json.readObject("{\"messageId\":1,\"content\":true,\"clientTs\":{}}"),
                                SendMessageRequest.class)
                        .keySet())
                .containsExactly("clientTs", "content", "messageId");
        assertThat(JsonShape.faults(Json.readObject("{\"role\":7,\"isActive\":\"no\"}"), UpdateUserRequest.class))
                .containsEntry("role", "must be a string")
                .containsEntry("isActive", "must be true or false");
    }

    @Test
    void whatIsAbsentOrUnknownIsNoFaultOfShape() {
        assertThat(JsonShape.faults(Json.readObject("{\"name\":null,\"colour\":7}"), UpdateChannelRequest.class))
                .isEmpty();
    }

    @Test
    void arraysAndObjectsAreLookedInto() {
        assertThat(JsonShape.faults(
                        Json.readObject("{\"ids\":[\"a\",7],\"filter\":{\"reason\":[]}}"), DeadLetterSelection.class))
                .containsOnlyKeys("ids[1]", "filter.reason");
        assertThat(JsonShape.faults(Json.readObject("{\"ids\":{},\"filter\":7}"), DeadLetterSelection.class))
                .containsEntry("ids", "must be an array")
                .containsEntry("filter", "must be an object");
    }
}
