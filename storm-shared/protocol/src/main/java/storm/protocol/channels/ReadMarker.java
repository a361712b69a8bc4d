package storm.protocol.channels;

import jakarta.validation.constraints.PositiveOrZero;

/// PUT /channels/{id}/read, request and answer: everything up to `seq` is read.
public record ReadMarker(@PositiveOrZero long seq) {}
