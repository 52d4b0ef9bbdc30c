package millrace.generator.postgres;

import java.sql.SQLException;
import millrace.contract.failure.Failure;
import millrace.contract.settings.PostgresSettings;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says in a sentence what Postgres complains about. */
final class PostgresFailure {
    private PostgresFailure() {}

    static Failure connecting(PostgresSettings settings, SQLException e) {
        String env = settings.env();
        return switch (state(e)) {
            case "28P01", "28000", "08004" ->
                Failure.configuration(
                        "postgres-login",
                        "Postgres refuses the user \"" + settings.user() + "\": " + text(e) + ".",
                        "Check " + env + "_USER, " + env + "_PASSWORD and " + env + "_SSLMODE.");
            case "3D000" ->
                Failure.configuration(
                        "no-such-database",
                        "Postgres has no database \"" + settings.database() + "\".",
                        "Check " + env + "_DB.");
            default ->
                Failure.unreachable(
                        "postgres-unreachable",
                        "Postgres does not answer at " + settings.host() + ":" + settings.port() + ".",
                        "Is it running? Check " + env + "_HOST and " + env + "_PORT.",
                        e);
        };
    }

    static Failure running(PostgresSettings settings, SQLException e) {
        String state = state(e);
        if (state.equals("42P01") || state.equals("42703")) {
            return Failure.configuration(
                    "not-the-source",
                    "The database \"" + settings.database() + "\" is not the pipeline's source: " + text(e) + ".",
                    "Check " + settings.env() + "_DB; postgres/init/ has the tables of each pipeline.");
        }
        if (state.startsWith("08") || state.startsWith("57P0")) {
            return Failure.unreachable(
                    "postgres-lost",
                    "Postgres was lost: " + text(e) + ".",
                    "SQLSTATE " + state + ". What was not committed is undone; run again.",
                    e);
        }
        return Failure.running(
                "postgres-error",
                "Postgres refuses a statement: " + text(e) + ".",
                "SQLSTATE " + state + ". What was not committed is undone.",
                e);
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** The server's sentence alone: the driver's would add a detail with the row's values. */
    private static String text(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException own ? own.getServerErrorMessage() : null;
        return server == null || server.getMessage() == null ? e.getMessage() : server.getMessage();
    }
}
