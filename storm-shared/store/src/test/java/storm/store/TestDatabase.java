package storm.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import storm.embedded.fixture.TestStores;

/// A fresh database on the test stores, with the settings of a server.
public final class TestDatabase implements AutoCloseable {
    private final MongoClient client;
    private final MongoDatabase database;

    public TestDatabase() {
        TestStores stores = TestStores.shared();
        MongoConnection connection = new MongoConnection(MongoConfig.of(stores.mongoUri(stores.freshDatabase())));
        client = connection.client();
        database = connection.database(client);
    }

    public MongoDatabase database() {
        return database;
    }

    /// Lets tasks begin at the same moment and gives what each returned.
    public static <T> List<T> race(List<Callable<T>> tasks) {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> task : tasks) {
                running.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        database.drop();
        client.close();
    }
}
