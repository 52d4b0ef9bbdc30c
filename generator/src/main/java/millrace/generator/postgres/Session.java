package millrace.generator.postgres;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import millrace.contract.failure.Failure;
import millrace.contract.settings.PostgresSettings;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** A connection to a source, in which one transaction at a time is open. What Postgres refuses becomes a Failure. */
public final class Session implements AutoCloseable {
    /** What the driver logs it also throws. The reference keeps the setting from being forgotten. */
    private static final Logger SILENT = Logger.getLogger("org.postgresql");

    static {
        SILENT.setLevel(Level.OFF);
    }

    private final PostgresSettings settings;
    private final Connection connection;

    private Session(PostgresSettings settings, Connection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    /**
     * Logs in.
     *
     * @param options settings of the session, as `-c name=value …`
     * @throws Failure when there is no server, or it refuses the login
     */
    public static Session open(PostgresSettings settings, String options) {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password().value());
        properties.setProperty("ApplicationName", "millrace generator");
        properties.setProperty("options", "-c TimeZone=UTC " + options);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("sslmode", settings.tls().mode());
        if (!settings.tls().rootCertificate().isEmpty()) {
            properties.setProperty("sslrootcert", settings.tls().rootCertificate());
        }
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        String database = URLEncoder.encode(settings.database(), StandardCharsets.UTF_8);
        try {
            Connection connection = new Driver()
                    .connect("jdbc:postgresql://" + host + ":" + settings.port() + "/" + database, properties);
            connection.setAutoCommit(false);
            return new Session(settings, connection);
        } catch (SQLException e) {
            throw PostgresFailure.connecting(settings, e);
        }
    }

    /** Runs a statement and returns how many rows it wrote. */
    public int run(String sql, Object... values) {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw PostgresFailure.running(settings, e);
        }
    }

    /** Reads one row out of a result. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** All rows of a query. */
    public <T> List<T> rows(Reader<T> reader, String sql, Object... values) {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        } catch (SQLException e) {
            throw PostgresFailure.running(settings, e);
        }
    }

    /** The number in the first column of the first row; empty when there is none or it is NULL. */
    public Optional<Long> number(String sql, Object... values) {
        return rows(row -> Optional.of(row.getLong(1)).filter(read -> notNull(row)), sql, values).stream()
                .findFirst()
                .flatMap(found -> found);
    }

    private static boolean notNull(ResultSet row) {
        try {
            return !row.wasNull();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** An array of integers, to be compared with `= ANY (?)`. */
    public Object integers(List<Long> values) {
        try {
            return connection.createArrayOf("bigint", values.toArray());
        } catch (SQLException e) {
            throw PostgresFailure.running(settings, e);
        }
    }

    /** Writes rows. */
    @FunctionalInterface
    public interface Rows {
        void writeTo(BinaryCopy copy) throws SQLException, IOException;
    }

    /**
     * Writes rows as one binary COPY.
     *
     * @param target a table with its columns in parentheses
     */
    public void copy(String target, Rows rows) {
        try {
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + target + " FROM STDIN (FORMAT binary)");
            try {
                BinaryCopy binary = new BinaryCopy(copy);
                rows.writeTo(binary);
                binary.end();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            throw PostgresFailure.running(settings, e);
        } catch (IOException e) {
            throw Failure.running("copy-broke", "Rows could not be written: " + e.getMessage() + ".", "Run again.", e);
        }
    }

    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw PostgresFailure.running(settings, e);
        }
    }

    /** Ends the session; what was not committed is undone. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // The server undoes what a lost connection left.
        }
    }
}
