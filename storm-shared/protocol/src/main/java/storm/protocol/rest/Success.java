package storm.protocol.rest;

/// The envelope of a good answer.
public record Success(boolean success, Object data, Meta meta) {
    public Success(Object data, Meta meta) {
        this(true, data, meta);
    }
}
