package storm.store.channels;

import org.jspecify.annotations.Nullable;
import storm.protocol.ids.UserId;

/// Which channels a list shows.
///
/// @param member those of this user; absent: all
/// @param prefix of the name, in any case
/// @param archived whether archived ones are among them
public record ChannelFilter(
        @Nullable UserId member, @Nullable String prefix, boolean archived) {}
