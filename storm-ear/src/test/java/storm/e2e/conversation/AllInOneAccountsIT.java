package storm.e2e.conversation;

import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;

@RunsOn(Topology.ALL_IN_ONE)
class AllInOneAccountsIT extends AccountsFacts {
    AllInOneAccountsIT(Storm storm) {
        super(storm);
    }
}
