package storm.protocol.json;

import jakarta.json.bind.adapter.JsonbAdapter;
import java.util.Map;
import storm.protocol.WireEnum;
import storm.protocol.channels.ChannelChange;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.DeadLetterId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.SessionId;
import storm.protocol.ids.UserId;
import storm.protocol.messages.AckStatus;
import storm.protocol.messages.DeliveryStatus;
import storm.protocol.messages.SendStatus;
import storm.protocol.users.Role;

/// Ids and enums as JSON strings. JSON-B finds an adapter by its concrete type arguments, hence one class each.
final class StringAdapters {
    private StringAdapters() {}

    static final class OfUserId implements JsonbAdapter<UserId, String> {
        @Override
        public String adaptToJson(UserId id) {
            return id.value();
        }

        @Override
        public UserId adaptFromJson(String value) {
            return new UserId(value);
        }
    }

    static final class OfChannelId implements JsonbAdapter<ChannelId, String> {
        @Override
        public String adaptToJson(ChannelId id) {
            return id.value();
        }

        @Override
        public ChannelId adaptFromJson(String value) {
            return new ChannelId(value);
        }
    }

    static final class OfSessionId implements JsonbAdapter<SessionId, String> {
        @Override
        public String adaptToJson(SessionId id) {
            return id.value();
        }

        @Override
        public SessionId adaptFromJson(String value) {
            return new SessionId(value);
        }
    }

    static final class OfMessageId implements JsonbAdapter<MessageId, String> {
        @Override
        public String adaptToJson(MessageId id) {
            return id.value();
        }

        @Override
        public MessageId adaptFromJson(String value) {
            return new MessageId(value);
        }
    }

    static final class OfDeadLetterId implements JsonbAdapter<DeadLetterId, String> {
        @Override
        public String adaptToJson(DeadLetterId id) {
            return id.value();
        }

        @Override
        public DeadLetterId adaptFromJson(String value) {
            return new DeadLetterId(value);
        }
    }

    static final class OfRole implements JsonbAdapter<Role, String> {
        @Override
        public String adaptToJson(Role constant) {
            return constant.wire();
        }

        @Override
        public Role adaptFromJson(String wire) {
            return constant(Role.class, wire);
        }
    }

    static final class OfDeliveryStatus implements JsonbAdapter<DeliveryStatus, String> {
        @Override
        public String adaptToJson(DeliveryStatus constant) {
            return constant.wire();
        }

        @Override
        public DeliveryStatus adaptFromJson(String wire) {
            return constant(DeliveryStatus.class, wire);
        }
    }

    static final class OfSendStatus implements JsonbAdapter<SendStatus, String> {
        @Override
        public String adaptToJson(SendStatus constant) {
            return constant.wire();
        }

        @Override
        public SendStatus adaptFromJson(String wire) {
            return constant(SendStatus.class, wire);
        }
    }

    static final class OfAckStatus implements JsonbAdapter<AckStatus, String> {
        @Override
        public String adaptToJson(AckStatus constant) {
            return constant.wire();
        }

        @Override
        public AckStatus adaptFromJson(String wire) {
            return constant(AckStatus.class, wire);
        }
    }

    static final class OfChannelChange implements JsonbAdapter<ChannelChange, String> {
        @Override
        public String adaptToJson(ChannelChange constant) {
            return constant.wire();
        }

        @Override
        public ChannelChange adaptFromJson(String wire) {
            return constant(ChannelChange.class, wire);
        }
    }

    private static <E extends Enum<E> & WireEnum> E constant(Class<E> type, String wire) {
        try {
            return WireEnum.of(type, wire);
        } catch (IllegalArgumentException e) {
            throw StormException.invalid(
                    "unknown " + type.getSimpleName(), Map.of(fieldName(type), String.valueOf(e.getMessage())));
        }
    }

    private static String fieldName(Class<?> type) {
        String name = type.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
