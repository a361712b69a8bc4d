package storm.e2e.containers;

import storm.e2e.conversation.MessagesFacts;

@RunsInContainers
class ContainersMessagesIT extends MessagesFacts {
    ContainersMessagesIT(ContainerStorm storm) {
        super(storm);
    }
}
