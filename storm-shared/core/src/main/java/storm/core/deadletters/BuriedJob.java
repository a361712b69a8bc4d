package storm.core.deadletters;

import storm.protocol.deadletters.DeadLetter;

/// A dead letter as Redis keeps it: what a moderator may see, and the sealed job.
public record BuriedJob(DeadLetter letter, String jobId, String sealed) {
    @Override
    public String toString() {
        return "BuriedJob[" + letter.id() + " " + letter.failureReason() + "]";
    }
}
