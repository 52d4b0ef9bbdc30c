package millrace.loader.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import millrace.contract.failure.Failure;
import millrace.contract.settings.PostgresSettings;
import millrace.contract.settings.PostgresTls;
import millrace.contract.settings.Secret;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Opens connections whose settings make what they send depend on the data alone. */
public final class PostgresConnection {
    /** What the driver logs it also throws. The reference keeps the setting from being forgotten. */
    private static final Logger SILENT = Logger.getLogger("org.postgresql");

    static {
        SILENT.setLevel(Level.OFF);
    }

    private final Connection sql;
    private final DriverSocket socket;
    private final int serverVersion;
    private final Secret salt;
    private SessionState state;

    private PostgresConnection(Connection sql, DriverSocket socket, Secret salt) throws SQLException {
        this.sql = sql;
        this.socket = socket;
        this.salt = salt;
        serverVersion = sql.unwrap(BaseConnection.class).getQueryExecutor().getServerVersionNum();
    }

    /** Connects, and begins a transaction that sees what is committed meanwhile. */
    static PostgresConnection open(PostgresSettings settings) {
        PostgresConnection connection = login(settings, Map.of());
        try {
            connection.begin("READ COMMITTED", "");
            return connection;
        } catch (SQLException e) {
            connection.abort();
            throw PostgresFailure.connecting(settings, e);
        } catch (Failure failure) {
            connection.abort();
            throw failure;
        }
    }

    /**
     * Connects, with the loader's settings for the session, and begins nothing.
     *
     * @param more properties of the driver, beside the usual ones or in their place
     */
    public static PostgresConnection open(PostgresSettings settings, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.putIfAbsent("options", Session.startup());
        return login(settings, all);
    }

    private static PostgresConnection login(PostgresSettings settings, Map<String, String> more) {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password().value());
        properties.setProperty("ApplicationName", "millrace loader");
        // Spares a round trip, and settings for the session.
        properties.setProperty("assumeMinServerVersion", "10");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("loginTimeout", "20");
        PostgresTls tls = settings.tls();
        properties.setProperty("sslmode", tls.mode());
        setPath(properties, "sslrootcert", tls.rootCertificate());
        setPath(properties, "sslcert", tls.certificate());
        setPath(properties, "sslkey", tls.key());
        if (!tls.certificate().isEmpty()) {
            properties.setProperty("pemKeyAlgorithm", keyAlgorithm(settings));
        }
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketFactory", DriverSockets.class.getName());
        String ticket = DriverSockets.newTicket();
        properties.setProperty("socketFactoryArg", ticket);
        more.forEach(properties::setProperty);
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        try {
            Connection sql = new Driver()
                    .connect("jdbc:postgresql://" + host + ":" + settings.port() + "/" + encoded(settings), properties);
            return new PostgresConnection(sql, DriverSockets.redeem(ticket), settings.salt());
        } catch (SQLException e) {
            DriverSockets.redeem(ticket);
            throw PostgresFailure.connecting(settings, e);
        }
    }

    /** The driver takes keys for RSA unless it is told. */
    private static String keyAlgorithm(PostgresSettings settings) {
        try (InputStream in = Files.newInputStream(Path.of(settings.tls().certificate()))) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getPublicKey()
                    .getAlgorithm();
        } catch (IOException | CertificateException e) {
            throw Failure.configuration(
                    "bad-certificate-file",
                    "The file " + settings.tls().certificate() + " holds no certificate that can be read: "
                            + e.getMessage(),
                    settings.env() + "_SSLCERT must name a PEM file.");
        }
    }

    private static void setPath(Properties properties, String name, String path) {
        if (!path.isEmpty()) {
            properties.setProperty(name, path);
        }
    }

    private static String encoded(PostgresSettings settings) {
        return java.net.URLEncoder.encode(settings.database(), java.nio.charset.StandardCharsets.UTF_8);
    }

    public Connection sql() {
        return sql;
    }

    /**
     * Begins the next transaction with the loader's settings. Nothing is done outside of one.
     *
     * @param first statements that must come before the snapshot is taken, each ended by a semicolon
     * @throws Failure when the settings do not hold
     */
    void begin(String isolation, String first) throws SQLException {
        String end = state == null ? "" : "COMMIT; ";
        state = look(end + Session.begin(isolation, serverVersion, salt) + "; " + first + Session.LOOK);
        state.refuseWrong();
    }

    /** @throws Failure when what has been read since the transaction began may have been read otherwise than meant */
    void refuseOther() throws SQLException {
        look(Session.LOOK).refuseOther(state);
    }

    private SessionState look(String statements) throws SQLException {
        try (Statement statement = sql.createStatement()) {
            boolean isResult = statement.execute(statements);
            while (!isResult) {
                isResult = statement.getMoreResults();
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return SessionState.read(row);
            }
        }
    }

    /** Keeps the shape of tables until the transaction ends. */
    void lock(Collection<Catalog.Relation> relations) throws SQLException {
        String lock = Moment.lock(relations);
        if (!lock.isEmpty()) {
            Moment.execute(sql, lock);
        }
    }

    /** What the server told when the transaction began. */
    SessionState state() {
        return state;
    }

    /** Has the rows of the next COPY taken from the socket, past the driver, where that is possible. */
    boolean divert(CopyRows rows) throws IOException {
        return socket.input().divert(rows);
    }

    /** What the server said before the connection ended, where the driver knows only that it did. */
    SQLException reason(SQLException e) throws IOException {
        String error = socket.input().error();
        boolean isKnown = error == null || ServerWords.of(e).own();
        return isKnown ? e : new PSQLException(new ServerErrorMessage(error));
    }

    /** Breaks the connection off, whatever it is doing. */
    public void abort() {
        try {
            sql.unwrap(PGConnection.class).cancelQuery();
            sql.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone already, which is all that is wanted.
        }
    }
}
