package storm.ws.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import storm.protocol.WireEnum;
import storm.protocol.events.ClientEvent;
import storm.protocol.events.ClientFrame;
import storm.protocol.events.ServerEvent;
import storm.protocol.events.ServerFrame;
import storm.protocol.ids.Id;
import storm.wire.AsyncApi;
import storm.wire.AsyncApi.Side;

/// docs/asyncapi.yaml says what the sealed event types say, event by event and field by field.
class AsyncApiTest {
    private static final AsyncApi DOCUMENT = AsyncApi.DOCUMENT;

    static Stream<ClientEvent> clientEvents() {
        return Samples.ofAll(ClientEvent.class);
    }

    static Stream<ServerEvent> serverEvents() {
        return Samples.ofAll(ServerEvent.class);
    }

    @Test
    void theDocumentHasExactlyTheEventsThereAre() {
        assertThat(DOCUMENT.events(Side.CLIENT).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        clientEvents().map(ClientEvent::event).toList());
        assertThat(DOCUMENT.events(Side.SERVER).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        serverEvents().map(ServerEvent::event).toList());
    }

    @ParameterizedTest
    @MethodSource("clientEvents")
    void clientEventsHaveTheFieldsOfTheirRecords(ClientEvent event) {
        assertThat(DOCUMENT.fields(Side.CLIENT, event.event(), false)).isEqualTo(fields(event.getClass(), false));
        assertThat(DOCUMENT.faults(Side.CLIENT, new ClientFrame("r1", event).encode()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("serverEvents")
    void serverEventsHaveTheFieldsOfTheirRecords(ServerEvent event) {
        assertThat(DOCUMENT.fields(Side.SERVER, event.event(), false)).isEqualTo(fields(event.getClass(), false));
        assertThat(DOCUMENT.faults(Side.SERVER, new ServerFrame("", event).encode()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("serverEvents")
    void whatTheDocumentRequiresIsNeverAbsent(ServerEvent event) {
        assertThat(DOCUMENT.fields(Side.SERVER, event.event(), true)).isEqualTo(fields(event.getClass(), true));
    }

    @ParameterizedTest
    @MethodSource("clientEvents")
    void whatTheDocumentDescribesTheServerReads(ClientEvent event) {
        assertThat(ClientFrame.Header.decode(new ClientFrame("r1", event).encode())
                        .read())
                .isEqualTo(event);
    }

    @Test
    void aFrameThatIsNotAsDescribedIsFound() {
        assertThat(DOCUMENT.faults(Side.SERVER, "{\"event\":\"pong\",\"requestId\":\"\",\"payload\":{}}"))
                .containsExactly("pong.payload lacks serverTs");
        assertThat(DOCUMENT.faults(
                        Side.SERVER,
                        "{\"event\":\"pong\",\"requestId\":\"\",\"payload\":{\"serverTs\":\"now\",\"x\":1}}"))
                .hasSize(2);
    }

    private static Set<String> fields(Class<?> type, boolean neverAbsent) {
        Set<String> fields = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean mayBeAbsent = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            // A limit that the client leaves out has a value of the server's.
            if (!neverAbsent || !mayBeAbsent) {
                fields.add(component.getName());
            }
        }
        return fields;
    }

    /// An instance of every record of a sealed type.
    private static final class Samples {
        private static final String UUID = "3f2b8a1e-9c47-4d21-8f3a-2b5d6e7f8a9b";
        private static final String HEX = "0123456789abcdef01234567";

        static <T> Stream<T> ofAll(Class<T> type) {
            if (!type.isSealed()) {
                return Stream.of(type.cast(of(type)));
            }
            return Stream.of(type.getPermittedSubclasses())
                    .filter(permitted -> type.isAssignableFrom(permitted))
                    .flatMap(permitted -> ofAll(permitted).map(type::cast));
        }

        private static Object of(Type type) {
            if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
                return List.of(of(list.getActualTypeArguments()[0]));
            }
            return switch (type) {
                case ParameterizedType _ -> Map.of("field", "is wrong");
                case Class<?> c when c == String.class -> "minute";
                case Class<?> c when c == Instant.class -> Instant.parse("2030-01-31T12:00:00.123Z");
                case Class<?> c when c == long.class || c == Long.class -> 7L;
                case Class<?> c when c == int.class -> 7;
                case Class<?> c when c == boolean.class -> true;
                case Class<?> c when WireEnum.class.isAssignableFrom(c) -> c.getEnumConstants()[0];
                case Class<?> c when Id.class.isAssignableFrom(c) -> id(c);
                case Class<?> c -> record(c);
                default -> throw new IllegalStateException("no sample of " + type);
            };
        }

        private static Object id(Class<?> type) {
            String name = type.getSimpleName();
            return make(type, name.equals("UserId") || name.equals("ChannelId") ? HEX : UUID);
        }

        private static Object record(Class<?> type) {
            List<Object> values = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                values.add(of(component.getGenericType()));
            }
            return make(type, values.toArray());
        }

        private static Object make(Class<?> type, Object... values) {
            try {
                Class<?>[] types = Stream.of(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
                return type.getDeclaredConstructor(types).newInstance(values);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
