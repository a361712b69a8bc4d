package storm.core.membership;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storm.protocol.channels.ChannelChange;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;

/// What happened to a channel or its members.
///
/// @param userId who came or went; for `created` the first member; else absent
public record MembershipChanged(
        ChannelId channelId, ChannelChange change, @Nullable UserId userId, Instant ts) {}
