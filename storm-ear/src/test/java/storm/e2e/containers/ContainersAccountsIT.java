package storm.e2e.containers;

import storm.e2e.conversation.AccountsFacts;

@RunsInContainers
class ContainersAccountsIT extends AccountsFacts {
    ContainersAccountsIT(ContainerStorm storm) {
        super(storm);
    }
}
