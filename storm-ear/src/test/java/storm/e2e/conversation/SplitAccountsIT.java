package storm.e2e.conversation;

import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;

@RunsOn(Topology.SPLIT)
class SplitAccountsIT extends AccountsFacts {
    SplitAccountsIT(Storm storm) {
        super(storm);
    }
}
