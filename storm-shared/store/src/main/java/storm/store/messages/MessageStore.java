package storm.store.messages;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.MessageId;
import storm.protocol.rest.Page;
import storm.store.pages.PageRequest;

/// The messages. Every method throws SERVICE_UNAVAILABLE if the database is out of reach.
///
/// Deleted messages keep their row, without text, so that a messageId is stored once, for ever; they show
/// nowhere.
public interface MessageStore {

    static MessageStore in(MongoDatabase database, Clock clock) {
        return new MongoMessageStore(database, clock);
    }

    void createIndexes();

    /// Stores new messages as `pending`, in one bulk write.
    ///
    /// @return those that were stored before, and were left as they are
    Set<MessageId> insert(List<NewMessage> messages);

    /// The rows of these messages, deleted ones too.
    List<StoredMessage> findAll(Collection<MessageId> ids);

    /// A message of a channel; empty if there is none or it is deleted.
    Optional<StoredMessage> find(ChannelId channel, MessageId id);

    /// Marks messages as published.
    void delivered(Collection<MessageId> ids);

    /// Marks a message that was never published as given up.
    void failed(MessageId id);

    /// Gives a message that is not published yet another seq, if it has this one.
    ///
    /// @return whether it had
    boolean moveSeq(MessageId id, long from, long to);

    /// Replaces the text, unless this change is already made.
    ///
    /// @return the message as it is then; empty if it is deleted or not there
    Optional<StoredMessage> edit(MessageId id, EncryptedText text, StoredMessage.Change change);

    /// Takes text and message away, unless this change is already made.
    ///
    /// @return the row as it is then; empty if it is not there or another deletion was first
    Optional<StoredMessage> delete(MessageId id, StoredMessage.Change change);

    /// Gives the event of a change another seq, if it has this one.
    ///
    /// @return whether it had
    boolean moveChangeSeq(MessageId id, long from, long to);

    /// A page of a channel's messages, newest first.
    Page<StoredMessage> list(ChannelId channel, PageRequest page);

    /// Messages of a channel by falling seq, at most `limit`.
    ///
    /// @param beforeSeq only those before it; absent: from the newest
    List<StoredMessage> before(ChannelId channel, @Nullable Long beforeSeq, int limit);

    /// Messages of a channel by rising seq, at most `limit`.
    List<StoredMessage> after(ChannelId channel, long afterSeq, int limit);

    /// Messages whose text is under another key than this, in the order of their rows' ids, at most `limit`.
    ///
    /// @param afterId only those whose row id is after it; absent: from the first
    List<StoredMessage> notUnder(String keyId, @Nullable String afterId, int limit);

    /// How many messages have their text under another key than this. Reads the whole collection.
    long countNotUnder(String keyId);

    /// Whether any message is under this key. Reads the whole collection if there is none.
    boolean anyUnder(String keyId);

    /// Puts the same texts under another key, each if it is still the one that was read, in one bulk write.
    void rekey(List<Rekeyed> messages);

    /// A message's text as it was read, and under another key.
    record Rekeyed(MessageId id, EncryptedText from, EncryptedText to) {}
}
