package millrace.webhook.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the webhook remembers, in one file of H2's. A transaction is whole on disk when it returns, and the file opens again after
 * a kill at whatever moment. One connection is enough: statements are short and found by their keys.
 */
public final class Database implements AutoCloseable {
    /** Leaves a heap of 96 MB to the rest; nothing is written later than it is committed. */
    private static final String OPTIONS = ";CACHE_SIZE=4096;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

    private static final String[] SCHEMA = {
        "CREATE TABLE IF NOT EXISTS runs (id VARCHAR(40) PRIMARY KEY, pipeline VARCHAR(64) NOT NULL, state VARCHAR(16) NOT NULL,"
                + " verb VARCHAR(32) NOT NULL, body CLOB NOT NULL)",
        "CREATE INDEX IF NOT EXISTS runs_state ON runs (state, id)",
        "CREATE TABLE IF NOT EXISTS nodes (run VARCHAR(40), place INT, node VARCHAR(1000) NOT NULL, status VARCHAR(32) NOT NULL,"
                + " seconds DOUBLE PRECISION NOT NULL, body CLOB NOT NULL, PRIMARY KEY (run, place))",
        "CREATE INDEX IF NOT EXISTS nodes_node ON nodes (node, run)",
        "CREATE TABLE IF NOT EXISTS requests (name VARCHAR(300) PRIMARY KEY, fingerprint VARCHAR(64) NOT NULL,"
                + " run VARCHAR(40) NOT NULL)",
        "CREATE INDEX IF NOT EXISTS requests_run ON requests (run)",
        "CREATE TABLE IF NOT EXISTS tokens (name VARCHAR(64) PRIMARY KEY, hash VARCHAR(64) NOT NULL UNIQUE,"
                + " scope VARCHAR(16) NOT NULL, created VARCHAR(40) NOT NULL)",
        "CREATE TABLE IF NOT EXISTS seen (id VARCHAR(300) PRIMARY KEY, at BIGINT NOT NULL)",
        "CREATE INDEX IF NOT EXISTS seen_at ON seen (at)",
        "CREATE TABLE IF NOT EXISTS deliveries (number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " message VARCHAR(100) NOT NULL, type VARCHAR(32) NOT NULL, target_key VARCHAR(16) NOT NULL,"
                + " target VARCHAR(300) NOT NULL, body CLOB NOT NULL, state VARCHAR(16) NOT NULL, attempts INT NOT NULL,"
                + " created BIGINT NOT NULL, next BIGINT, answer VARCHAR(300))",
        "CREATE TABLE IF NOT EXISTS alerts (id VARCHAR(1000) PRIMARY KEY, since BIGINT NOT NULL, body CLOB NOT NULL)",
        "CREATE INDEX IF NOT EXISTS deliveries_next ON deliveries (state, target_key, next)",
    };

    /** Work with the connection, in one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private final String url;
    private Connection connection;

    private Database(String url) {
        this.url = requireNonNull(url, "url is null");
    }

    /**
     * Opens the file, making it when it is missing.
     *
     * @param folder that holds it
     * @throws IOException when it cannot be opened
     */
    public static Database open(Path folder) throws IOException {
        Database database =
                new Database("jdbc:h2:file:" + folder.toAbsolutePath().resolve("webhook") + OPTIONS);
        try {
            database.connect();
        } catch (SQLException e) {
            throw new IOException("its database, webhook.mv.db, cannot be opened: " + e.getMessage(), e);
        }
        return database;
    }

    /**
     * Does work that is kept as a whole or not at all.
     *
     * @throws StoreFailure when the file cannot be read or written
     */
    public synchronized <T> T transact(Work<T> work) {
        try {
            if (connection.isClosed()) {
                connect(); // H2 gives a file up that it could not write; the disk may have room again.
            }
            T result = work.with(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            rollBack();
            throw new StoreFailure(e);
        } catch (RuntimeException e) {
            rollBack();
            throw e;
        }
    }

    private void connect() throws SQLException {
        connection = DriverManager.getConnection(url);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String each : SCHEMA) {
                statement.execute(each);
            }
        }
        connection.commit();
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The failure before this one is told.
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailure(e);
        }
    }
}
