package storm.core.queue;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import storm.core.crypto.BrokenSealException;
import storm.core.crypto.TransportCipher;
import storm.protocol.errors.StormException;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.ids.UserId;

/// Jobs as Redis keeps them: sealed, a letter for the kind and then its fields in order, as [DataOutputStream] writes
/// them. JSON would cost a fifth of what the worker takes for a message.
@Singleton
public class JobCodec {
    private static final int USUAL_SIZE = 512;

    private final TransportCipher cipher;

    @Inject
    public JobCodec(TransportCipher cipher) {
        this.cipher = cipher;
    }

    public String seal(int partition, Job job) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try {
            write(job, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // An id of more than 64 kB, which no front door lets in.
        }
        return cipher.seal(context(partition), bytes.toByteArray());
    }

    /// Opens a job.
    ///
    /// @throws BrokenSealException if it does not open with the transport key
    /// @throws StormException VALIDATION_ERROR if it opens but is no job
    public Job open(int partition, String sealed) {
        byte[] bytes = cipher.open(context(partition), sealed);
        try {
            return read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException | DateTimeException e) {
            throw StormException.invalid("not a job", Map.of());
        }
    }

    private static void write(Job job, DataOutputStream out) throws IOException {
        switch (job) {
            case Job.SendMessage send -> {
                out.writeByte('s');
                out.writeUTF(send.messageId().value());
                out.writeUTF(send.channelId().value());
                out.writeUTF(send.senderId().value());
                writeText(send.content(), out);
                write(send.clientTs(), out);
            }
            case Job.EditMessage edit -> {
                out.writeByte('e');
                out.writeUTF(edit.jobId());
                out.writeUTF(edit.messageId().value());
                out.writeUTF(edit.channelId().value());
                out.writeUTF(edit.editorId().value());
                writeText(edit.content(), out);
            }
            case Job.DeleteMessage delete -> {
                out.writeByte('d');
                out.writeUTF(delete.jobId());
                out.writeUTF(delete.messageId().value());
                out.writeUTF(delete.channelId().value());
                out.writeUTF(delete.deletedBy().value());
                out.writeBoolean(delete.any());
            }
            case Job.Probe probe -> {
                out.writeByte('p');
                out.writeUTF(probe.jobId());
                out.writeUTF(probe.channelId().value());
                out.writeUTF(probe.replyTopic());
            }
        }
        write(job.acceptedAt(), out);
        out.writeUTF(job.requestId());
    }

    /// Arguments are read as they are named, from the left.
    private static Job read(DataInputStream in) throws IOException {
        return switch (in.read()) {
            case 's' ->
                new Job.SendMessage(
                        new MessageId(in.readUTF()),
                        new ChannelId(in.readUTF()),
                        new UserId(in.readUTF()),
                        readText(in),
                        readInstant(in),
                        readInstant(in),
                        in.readUTF());
            case 'e' ->
                new Job.EditMessage(
                        in.readUTF(),
                        new MessageId(in.readUTF()),
                        new ChannelId(in.readUTF()),
                        new UserId(in.readUTF()),
                        readText(in),
                        readInstant(in),
                        in.readUTF());
            case 'd' ->
                new Job.DeleteMessage(
                        in.readUTF(),
                        new MessageId(in.readUTF()),
                        new ChannelId(in.readUTF()),
                        new UserId(in.readUTF()),
                        in.readBoolean(),
                        readInstant(in),
                        in.readUTF());
            case 'p' -> new Job.Probe(in.readUTF(), new ChannelId(in.readUTF()), in.readUTF(), readInstant(in));
            default -> throw StormException.invalid("not a job", Map.of());
        };
    }

    private static void write(Instant instant, DataOutputStream out) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    /// Standard UTF-8, unlike [DataOutputStream#writeUTF].
    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw StormException.invalid("not a job", Map.of());
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String context(int partition) {
        return "job|" + partition;
    }
}
