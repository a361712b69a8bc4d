package storm.protocol.deadletters;

import java.util.List;

/// Answer of GET /dead-letters, newest first.
public record DeadLetters(List<DeadLetter> deadLetters) {}
