package storm.embedded.mongo;

import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;

/// Keeps everything in memory, for as long as this object lives: it outlasts the servers that are started before it.
final class MemoryBackend extends de.bwaldvogel.mongo.backend.memory.MemoryBackend {

    private final Gate gate;

    MemoryBackend(Gate gate) {
        this.gate = gate;
        version(ServerVersion.MONGO_5_0);
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        gate.pass();
        return super.handleMessage(message);
    }

    /// Nothing: a server that stops closes its backend, and the next one shall find the data.
    @Override
    public void close() {}
}
