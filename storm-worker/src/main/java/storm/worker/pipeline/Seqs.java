package storm.worker.pipeline;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalLong;
import storm.core.queue.LostLeaseException;
import storm.core.queue.PartitionLease;
import storm.protocol.ids.ChannelId;
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

    /// The first of `count` seqs; empty if the channel is gone.
    ///
    /// @throws LostLeaseException if a later owner was there
    OptionalLong take(PartitionLease lease, ChannelId channel, int count) {
        OptionalLong first = allotment.take(channel, count, lease.fence());
        if (first.isEmpty()) {
            directory.forget(channel);
            if (directory.of(List.of(channel)).containsKey(channel)) {
                throw new LostLeaseException(lease.partition());
            }
        }
        return first;
    }
}
