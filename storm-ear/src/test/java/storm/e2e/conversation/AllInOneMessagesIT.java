package storm.e2e.conversation;

import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;

@RunsOn(Topology.ALL_IN_ONE)
class AllInOneMessagesIT extends MessagesFacts {
    AllInOneMessagesIT(Storm storm) {
        super(storm);
    }
}
