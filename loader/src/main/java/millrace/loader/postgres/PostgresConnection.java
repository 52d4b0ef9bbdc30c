package millrace.loader.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import millrace.loader.config.PostgresSettings;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** Opens connections whose settings make what they send depend on the data alone. */
final class PostgresConnection {
    /** Row security is off so that a policy that hides rows is an error instead of a loss. */
    private static final String SESSION = "-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres"
            + " -c bytea_output=hex -c row_security=off -c statement_timeout=0"
            + " -c idle_in_transaction_session_timeout=0 -c lock_timeout=10000";

    private PostgresConnection() {}

    static Connection open(PostgresSettings settings) {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password().value());
        properties.setProperty("ApplicationName", "millrace loader");
        properties.setProperty("options", SESSION);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("tcpKeepAlive", "true");
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        try {
            return new Driver()
                    .connect("jdbc:postgresql://" + host + ":" + settings.port() + "/" + encoded(settings), properties);
        } catch (SQLException e) {
            throw PostgresFailure.connecting(settings, e);
        }
    }

    private static String encoded(PostgresSettings settings) {
        return java.net.URLEncoder.encode(settings.database(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Breaks the connection off, whatever it is doing. */
    static void abort(Connection connection) {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone already, which is all that is wanted.
        }
    }
}
