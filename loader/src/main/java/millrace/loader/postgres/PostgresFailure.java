package millrace.loader.postgres;

import java.io.EOFException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;
import javax.net.ssl.SSLException;
import millrace.loader.config.PostgresSettings;
import millrace.loader.failure.Causes;
import millrace.loader.failure.Failure;
import millrace.loader.plan.ColumnSpec;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says in a sentence what Postgres complains about. */
final class PostgresFailure {
    private PostgresFailure() {}

    static Failure connecting(PostgresSettings settings, SQLException e) {
        String env = settings.env();
        return switch (state(e)) {
            case "28P01", "28000" -> login(settings, e);
            case "3D000" ->
                Failure.configuration(
                        "no-such-database",
                        "Postgres has no database \"" + settings.database() + "\".",
                        "Check " + env + "_DB.");
            case "53300" -> running("reading", e);
            case "08P01" -> stranger(settings, e);
            // The driver itself gives up: without TLS there, or because a password is asked for and there is none.
            case "08004" -> text(e).contains("SSL") ? insecure(settings, e) : login(settings, e);
            default -> {
                if (isAboutTls(e)) {
                    yield insecure(settings, e);
                }
                yield isMute(e) ? stranger(settings, e) : unreachable(settings, e);
            }
        };
    }

    private static Failure login(PostgresSettings settings, SQLException e) {
        return Failure.configuration(
                "postgres-login",
                "Postgres refuses the user \"" + settings.user() + "\": " + text(e) + ".",
                "Check " + settings.env() + "_USER and " + settings.env() + "_PASSWORD.");
    }

    private static Failure unreachable(PostgresSettings settings, SQLException e) {
        return Failure.unreachable(
                "postgres-unreachable",
                "Postgres does not answer at " + settings.host() + ":" + settings.port() + ".",
                "Is it running? Check " + settings.env() + "_HOST and " + settings.env() + "_PORT.",
                e);
    }

    /** Something else listens there. */
    private static Failure stranger(PostgresSettings settings, SQLException e) {
        return Failure.unreachable(
                "not-postgres",
                "What takes connections at " + settings.host() + ":" + settings.port()
                        + " does not answer as Postgres does.",
                "Is it a Postgres server? Check " + settings.env() + "_HOST and " + settings.env()
                        + "_PORT, usually 5432. If it is, its log says more.",
                e);
    }

    /** The connection was made, and then nothing was said. */
    private static boolean isMute(SQLException e) {
        return Causes.find(e, EOFException.class).isPresent()
                || Causes.innermost(e).equals("Read timed out")
                || text(e).contains("Connection attempt timed out");
    }

    private static boolean isAboutTls(SQLException e) {
        if (Causes.find(e, EOFException.class).isPresent()) {
            return false;
        }
        return Causes.find(e, GeneralSecurityException.class).isPresent()
                || Causes.find(e, SSLException.class).isPresent()
                || text(e).contains("could not be verified");
    }

    private static Failure insecure(PostgresSettings settings, SQLException e) {
        String env = settings.env();
        return Failure.configuration(
                "postgres-tls",
                "There is no connection to Postgres at " + settings.host() + ":" + settings.port() + " as "
                        + env + "_SSLMODE=" + settings.tls().mode() + " asks for: "
                        + Causes.innermost(e).replaceAll("\\.$", "") + ".",
                "Check that " + env
                        + "_SSLROOTCERT holds the authority that signed the server's certificate, and that the"
                        + " certificate is for this host.");
    }

    /** @param doing completes "Postgres failed while …" */
    static Failure running(String doing, SQLException e) {
        return switch (state(e)) {
            case "42501" ->
                Failure.running(
                        "no-privilege",
                        "Postgres denies " + doing + ": " + text(e) + ".",
                        "The loader's user needs SELECT on the table, and no row security policy may apply to it.",
                        e);
            case "55P03" ->
                Failure.running(
                        "locked",
                        "Postgres could not lock a table within 10 s while " + doing + ".",
                        "Another session changes it (ALTER, TRUNCATE, VACUUM FULL …): run again when that is done.",
                        e);
            default ->
                isPassing(state(e))
                        ? passing(doing, e)
                        : Failure.running(
                                "postgres-error",
                                "Postgres failed while " + doing + ": " + text(e) + ".",
                                "SQLSTATE " + state(e) + ". Nothing was published.",
                                e);
        };
    }

    /** Class 08 is a lost connection, 57P01 to 57P03 a server that stops or starts (PostgreSQL documentation, appendix A). */
    private static boolean isPassing(String state) {
        return state.startsWith("08")
                || state.startsWith("57P0")
                || List.of("53300", "40001", "40P01").contains(state);
    }

    private static Failure passing(String doing, SQLException e) {
        return Failure.passing(
                "postgres-lost",
                "Postgres was lost while " + doing + ": " + text(e) + ".",
                "SQLSTATE " + state(e) + ". Nothing was published.",
                e);
    }

    static Failure badValue(ColumnSpec column, String value, SQLException e) {
        return Failure.configuration(
                "bad-value",
                "\"" + value + "\" is no value for the column " + column.name() + ": " + text(e) + ".",
                "The column is of the type " + column.sourceType() + ".");
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    private static String text(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException own ? own.getServerErrorMessage() : null;
        return server == null || server.getMessage() == null ? e.getMessage() : server.getMessage();
    }
}
