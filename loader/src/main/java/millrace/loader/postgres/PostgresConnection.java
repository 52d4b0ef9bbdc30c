package millrace.loader.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import millrace.loader.config.PostgresSettings;
import millrace.loader.config.PostgresTls;
import millrace.loader.failure.Failure;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** Opens connections whose settings make what they send depend on the data alone. */
public final class PostgresConnection {
    /** Row security is off so that a policy that hides rows is an error instead of a loss. */
    private static final String SESSION = "-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres"
            + " -c bytea_output=hex -c extra_float_digits=3 -c quote_all_identifiers=off -c row_security=off"
            + " -c statement_timeout=0"
            + " -c idle_in_transaction_session_timeout=0 -c lock_timeout=10000";

    /** What the driver logs it also throws. The reference keeps the setting from being forgotten. */
    private static final Logger SILENT = Logger.getLogger("org.postgresql");

    static {
        SILENT.setLevel(Level.OFF);
    }

    private final Connection sql;
    private final DriverSocket socket;

    private PostgresConnection(Connection sql, DriverSocket socket) {
        this.sql = sql;
        this.socket = socket;
    }

    static PostgresConnection open(PostgresSettings settings) {
        return open(settings, Map.of());
    }

    /** @param more properties of the driver, beside the usual ones or in their place */
    public static PostgresConnection open(PostgresSettings settings, Map<String, String> more) {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password().value());
        properties.setProperty("ApplicationName", "millrace loader");
        properties.setProperty("options", SESSION);
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
            return new PostgresConnection(sql, DriverSockets.redeem(ticket));
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

    /** Has the rows of the next COPY taken from the socket, past the driver, where that is possible. */
    boolean divert(CopyRows rows) throws IOException {
        return socket.input().divert(rows);
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
