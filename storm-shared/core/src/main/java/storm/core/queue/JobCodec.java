package storm.core.queue;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import storm.core.crypto.BrokenSealException;
import storm.core.crypto.TransportCipher;
import storm.protocol.errors.StormException;
import storm.protocol.json.Json;

/// Jobs as Redis keeps them: sealed JSON after one letter for the kind.
@Singleton
public class JobCodec {
    private final TransportCipher cipher;

    @Inject
    public JobCodec(TransportCipher cipher) {
        this.cipher = cipher;
    }

    public String seal(int partition, Job job) {
        char kind = switch (job) {
            case Job.SendMessage _ -> 's';
            case Job.EditMessage _ -> 'e';
            case Job.DeleteMessage _ -> 'd';
            case Job.Probe _ -> 'p';
        };
        return cipher.seal(context(partition), kind + Json.write(job));
    }

    /// Opens a job.
    ///
    /// @throws BrokenSealException if it does not open with the transport key
    /// @throws StormException VALIDATION_ERROR if it opens but is no job
    public Job open(int partition, String sealed) {
        String text = cipher.openText(context(partition), sealed);
        Class<? extends Job> type = switch (text.isEmpty() ? ' ' : text.charAt(0)) {
            case 's' -> Job.SendMessage.class;
            case 'e' -> Job.EditMessage.class;
            case 'd' -> Job.DeleteMessage.class;
            case 'p' -> Job.Probe.class;
            default -> throw StormException.invalid("not a job", Map.of());
        };
        return Json.read(text.substring(1), type);
    }

    private static String context(int partition) {
        return "job|" + partition;
    }
}
