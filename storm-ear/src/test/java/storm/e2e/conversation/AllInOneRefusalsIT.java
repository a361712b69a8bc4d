package storm.e2e.conversation;

import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;

@RunsOn(Topology.ALL_IN_ONE)
class AllInOneRefusalsIT extends RefusalsFacts {
    AllInOneRefusalsIT(Storm storm) {
        super(storm);
    }
}
