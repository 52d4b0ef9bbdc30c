package millrace.loader.postgres;

import java.sql.SQLException;
import java.util.List;
import millrace.loader.config.PostgresSettings;
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
            case "28P01", "28000" ->
                Failure.configuration(
                        "postgres-login",
                        "Postgres refuses the user \"" + settings.user() + "\": " + text(e) + ".",
                        "Check " + env + "_USER and " + env + "_PASSWORD.");
            case "3D000" ->
                Failure.configuration(
                        "no-such-database",
                        "Postgres has no database \"" + settings.database() + "\".",
                        "Check " + env + "_DB.");
            case "53300" -> running("reading", e);
            default ->
                Failure.unreachable(
                        "postgres-unreachable",
                        "Postgres does not answer at " + settings.host() + ":" + settings.port() + ".",
                        "Is it running? Check " + env + "_HOST and " + env + "_PORT.",
                        e);
        };
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
