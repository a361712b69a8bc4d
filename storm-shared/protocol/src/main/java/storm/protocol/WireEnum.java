package storm.protocol;

/// An enum constant with a name of its own on the wire.
public interface WireEnum {
    /// The name in JSON and in the database.
    String wire();

    /// The constant of that wire name.
    ///
    /// @throws IllegalArgumentException if there is none; the message lists those there are
    static <E extends Enum<E> & WireEnum> E of(Class<E> type, String wire) {
        StringBuilder known = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            if (constant.wire().equals(wire)) {
                return constant;
            }
            known.append(known.isEmpty() ? "" : ", ").append(constant.wire());
        }
        throw new IllegalArgumentException("must be one of " + known);
    }
}
