package storm.e2e;

import storm.e2e.servers.Storm;

/// A test with people on a Storm whose servers it may stop, kill and look into.
public abstract class StormTest extends PeopleTest {
    protected final Storm storm;

    protected StormTest(Storm storm) {
        super(storm);
        this.storm = storm;
    }
}
