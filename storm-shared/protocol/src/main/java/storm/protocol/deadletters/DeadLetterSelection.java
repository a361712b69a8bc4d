package storm.protocol.deadletters;

import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.DeadLetterId;

/// POST /dead-letters/retry and /dead-letters/discard: by ids or by filter, one of the two.
public record DeadLetterSelection(
        @Nullable @Size(min = 1, max = 1000) List<DeadLetterId> ids,
        @Nullable DeadLetterFilter filter) {}
