package storm.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVStore;

/// Keeps everything in one H2 MVStore file, and answers a write only after it is in that file.
///
/// The store left to itself commits in the background, up to a second late and in the middle of a command: a kill -9
/// would lose acknowledged writes, or leave an index entry without its document. Here commands hold the shared side of
/// a lock and a commit the exclusive side, so that what is on file is always whole commands; one commit serves every
/// write that waits for it. The file system's cache is not forced to the disk: the promise is about killed processes,
/// not about a lost power supply. Thread-safe.
final class FileBackend extends H2Backend {

    /// Commands that change nothing; anything else is taken for a write.
    private static final Set<String> READS = Set.of(
            "aggregate",
            "buildinfo",
            "collstats",
            "count",
            "dbstats",
            "distinct",
            "endsessions",
            "find",
            "getlasterror",
            "getmore",
            "hello",
            "ismaster",
            "killcursors",
            "listcollections",
            "listdatabases",
            "listindexes",
            "ping",
            "serverstatus",
            "whatsmyuri");

    /// MongoDB's error code for it: drivers know that it says nothing against the command.
    private static final int SHUTDOWN_IN_PROGRESS = 91;

    /// How long the file keeps what was overwritten: every commit writes anew what it touches, so the store's own 45 s
    /// would let the file grow by gigabytes under load.
    private static final int RETENTION_MILLIS = 2_000;

    /// Little and often: everybody waits meanwhile, half a second for what a minute of load leaves behind.
    private static final Duration TIDY_EVERY = Duration.ofMillis(500);

    private static final int TIDY_FILL_PERCENT = 70;
    private static final int TIDY_BYTES = 256 << 10;

    /// Documents take about twice what the store reckons, and what lives for a while is costly to collect: with 64
    /// the same rows took a fifth more processor time.
    private static final int CACHE_MB = 32;

    /// A commit writes every page that it touches, and random keys touch as many as there are.
    private static final int PAGE_BYTES = 4096;

    private static final int PAGE_KEYS = 20;

    private final Gate gate;
    private final MVStore store;
    private final ReentrantReadWriteLock commands = new ReentrantReadWriteLock();
    private final AtomicLong written = new AtomicLong();
    private long committed;
    private long tidied = System.nanoTime();

    private FileBackend(MVStore store, Gate gate) {
        super(store);
        this.store = store;
        this.gate = gate;
        version(ServerVersion.MONGO_5_0);
    }

    /// Opens the file, made if missing.
    static FileBackend open(Path file, Gate gate) {
        MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .cacheSize(CACHE_MB)
                .pageSplitSize(PAGE_BYTES)
                .keysPerPage(PAGE_KEYS)
                .open();
        store.setRetentionTime(RETENTION_MILLIS);
        return new FileBackend(store, gate);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new FileDatabase(name, getMvStore(), getCursorRegistry());
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        gate.pass();
        if (READS.contains(message.getDocument().keySet().iterator().next().toLowerCase(Locale.ROOT))) {
            return super.handleMessage(message);
        }
        long mine;
        commands.readLock().lock();
        try {
            if (store.isClosed()) {
                throw new MongoServerError(SHUTDOWN_IN_PROGRESS, "ShutdownInProgress", "the server is shutting down");
            }
            return super.handleMessage(message);
        } finally {
            // Also after a failure: part of a bulk may have been written.
            mine = written.incrementAndGet();
            commands.readLock().unlock();
            commit(mine);
        }
    }

    private void commit(long mine) {
        commands.writeLock().lock();
        try {
            if (committed < mine) {
                committed = written.get();
                store.commit();
                tidy();
            }
        } finally {
            commands.writeLock().unlock();
        }
    }

    /// Rewrites the emptiest parts of the file now and then: without its background thread the store never would.
    private void tidy() {
        long now = System.nanoTime();
        if (now - tidied > TIDY_EVERY.toNanos()) {
            tidied = now;
            store.compact(TIDY_FILL_PERCENT, TIDY_BYTES);
        }
    }

    /// Waits for the commands under way, tidies the file for at most a second and closes it.
    @Override
    public void close() {
        commands.writeLock().lock();
        try {
            if (!store.isClosed()) {
                store.close(1000);
            }
        } finally {
            commands.writeLock().unlock();
        }
    }
}
