package storm.e2e.secrecy;

import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;

@RunsOn(Topology.ALL_IN_ONE)
class AllInOneLogsIT extends LogsFacts {
    AllInOneLogsIT(Storm storm) {
        super(storm);
    }
}
