package storm.e2e.secrecy;

import storm.e2e.servers.RunsOn;
import storm.e2e.servers.Storm;
import storm.e2e.servers.Topology;

@RunsOn(Topology.SPLIT)
class SplitLogsIT extends LogsFacts {
    SplitLogsIT(Storm storm) {
        super(storm);
    }
}
