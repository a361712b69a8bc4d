package storm.worker.pipeline;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import storm.core.queue.LostLeaseException;
import storm.core.queue.PartitionLease;
import storm.protocol.ids.ChannelId;
import storm.protocol.ids.UserId;
import storm.store.messages.SeqAllotment;
import storm.worker.channels.ChannelDirectory;

/// Takes seqs under a lease, and tells a channel that is gone from a lease that is lost.
@Singleton
public class Seqs {
    private final SeqAllotment allotment;
    private final ChannelDirectory directory;

    @Inject
    public Seqs(SeqAllotment allotment, ChannelDirectory directory) {
        this.allotment = allotment;
        this.directory = directory;
    }

    /// The first of so many seqs of each channel; without channels that are gone.
    ///
    /// @throws LostLeaseException if a later owner was there
    Map<ChannelId, Long> take(PartitionLease lease, Map<ChannelId, Integer> counts) {
        Map<ChannelId, Long> firsts = allotment.take(counts, lease.fence());
        for (ChannelId channel : counts.keySet()) {
            if (!firsts.containsKey(channel)) {
                directory.forget(channel);
                if (directory.of(List.of(channel)).containsKey(channel)) {
                    throw new LostLeaseException(lease.partition());
                }
            }
        }
        return firsts;
    }

    /// The first of so many seqs of a channel, in one trip with the check of who writes there; empty if they may
    /// not, or if it takes more to know.
    OptionalLong takeFor(Set<UserId> senders, PartitionLease lease, ChannelId channel, int count) {
        return allotment.takeFor(senders, channel, count, lease.fence());
    }

    /// One seq of a channel; empty if it is gone.
    ///
    /// @throws LostLeaseException if a later owner was there
    OptionalLong takeOne(PartitionLease lease, ChannelId channel) {
        Long seq = take(lease, Map.of(channel, 1)).get(channel);
        return seq == null ? OptionalLong.empty() : OptionalLong.of(seq);
    }
}
