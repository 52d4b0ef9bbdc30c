package millrace.loader.servers;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Live traffic: several writers add orders, each together with its items, until this is closed. */
public final class Orders implements AutoCloseable {
    private static final int WRITERS = 2;

    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();
    private final List<Thread> writers;
    private volatile boolean ending;

    public Orders(String schema) {
        writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> new Thread(() -> write(schema), "writer " + writer))
                .toList();
        writers.forEach(Thread::start);
    }

    public static void makeTables(String schema) {
        TestPostgres.server()
                .run(
                        "CREATE TABLE " + schema + ".orders (order_id int PRIMARY KEY, items int NOT NULL, note text)",
                        "CREATE TABLE " + schema + ".items (order_id int, item int, PRIMARY KEY (order_id, item))");
    }

    private void write(String schema) {
        try (Connection connection = TestPostgres.server().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!ending) {
                int order = next.incrementAndGet();
                int items = 1 + order % 3;
                statement.execute("INSERT INTO " + schema + ".orders VALUES (" + order + ", " + items + ")");
                statement.execute("INSERT INTO " + schema + ".items SELECT " + order + ", i FROM generate_series(1, "
                        + items + ") i");
                connection.commit();
                written.incrementAndGet();
                Thread.sleep(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when so many more orders are there. */
    public void awaitMore(int orders) throws InterruptedException {
        int wanted = written.get() + orders;
        while (written.get() < wanted) {
            if (writers.stream().noneMatch(Thread::isAlive)) {
                throw new IllegalStateException("nobody writes orders any more");
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        ending = true;
        try {
            for (Thread writer : writers) {
                writer.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
