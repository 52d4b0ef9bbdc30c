package millrace.loader.postgres;

import java.io.EOFException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import millrace.contract.failure.Causes;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.contract.settings.PostgresSettings;
import millrace.loader.plan.ColumnSpec;

/** Says in a sentence what Postgres complains about. */
final class PostgresFailure {
    private PostgresFailure() {}

    static Failure connecting(PostgresSettings settings, SQLException e) {
        ServerWords words = ServerWords.of(e);
        return switch (words.state()) {
            case "28P01", "28000" -> login(settings, words);
            case "3D000" ->
                Failure.configuration(
                        "no-such-database",
                        "Postgres has no database \"" + settings.database() + "\": " + words.sentence(),
                        words.hint("Check " + settings.env() + "_DB."));
            case "53300" ->
                Failure.unready(
                        "postgres-full",
                        "Postgres has no connection to spare: " + words.sentence(),
                        words.hint("The loader needs one, and works faster with more."),
                        e);
            case "57P01", "57P02", "57P03" ->
                Failure.unready(
                        "postgres-unready",
                        "Postgres at " + address(settings) + " takes no connections: " + words.sentence(),
                        words.hint("It is starting, stopping or recovering."),
                        e);
            case "08P01" -> words.own() ? pooler(settings, words, e) : stranger(settings, e);
            // The driver itself gives up: without TLS there, or because a password is asked for and there is none.
            case "08004" -> words.sentence().contains("SSL") ? insecure(settings, e) : login(settings, words);
            default -> {
                if (isAboutTls(e)) {
                    yield insecure(settings, e);
                }
                yield words.own() ? running("connecting", e) : unanswered(settings, e);
            }
        };
    }

    private static String address(PostgresSettings settings) {
        return settings.host() + ":" + settings.port();
    }

    private static Failure login(PostgresSettings settings, ServerWords words) {
        return Failure.configuration(
                "postgres-login",
                "Postgres refuses the user \"" + settings.user() + "\": " + words.sentence(),
                words.hint("Check " + settings.env() + "_USER and " + settings.env() + "_PASSWORD."));
    }

    /** Poolers have one SQLSTATE for everything; Postgres itself sends it to those who do not speak its protocol. */
    private static Failure pooler(PostgresSettings settings, ServerWords words, SQLException e) {
        String sentence = "What answers at " + address(settings) + ", a pooler it seems, refuses the connection: "
                + words.sentence();
        String told = words.sentence().toLowerCase(Locale.ROOT);
        if (told.contains("startup parameter")) {
            return Failure.configuration(
                    "pooler-refuses",
                    sentence,
                    words.hint("Let the pooler pass the parameter on or ignore it, which is enough, as the loader sets"
                            + " what it needs later: ignore_startup_parameters in PgBouncer."));
        } else if (told.contains("transaction blocks not allowed")) {
            return Failure.configuration(
                    "pooler-refuses",
                    sentence,
                    words.hint("A load is one transaction: let the pooler hand out sessions or transactions,"
                            + " pool_mode = session in PgBouncer, or connect to Postgres itself."));
        }
        return Failure.unready("pooler-refuses", sentence, words.hint("The log of the pooler says more."), e);
    }

    private static Failure unanswered(PostgresSettings settings, SQLException e) {
        if (Causes.find(e, EOFException.class).isPresent()
                || Causes.innermost(e).contains("reset")) {
            return Failure.unready(
                    "postgres-unready",
                    "What takes connections at " + address(settings) + " closed one without an answer; is Postgres"
                            + " starting or restarting there?",
                    "If not, check " + settings.env() + "_HOST and " + settings.env() + "_PORT, usually 5432.",
                    e);
        }
        return isMute(e) ? stranger(settings, e) : unreachable(settings, e);
    }

    private static Failure unreachable(PostgresSettings settings, SQLException e) {
        return Failure.unreachable(
                "postgres-unreachable",
                "Postgres does not answer at " + address(settings) + ".",
                "Is it running? Check " + settings.env() + "_HOST and " + settings.env() + "_PORT.",
                e);
    }

    /** Something else listens there. */
    private static Failure stranger(PostgresSettings settings, SQLException e) {
        return Failure.unreachable(
                "not-postgres",
                "What takes connections at " + address(settings) + " does not answer as Postgres does.",
                "Is it a Postgres server? Check " + settings.env() + "_HOST and " + settings.env()
                        + "_PORT, usually 5432. If it is, its log says more.",
                e);
    }

    /** The connection was made, and then nothing was said. */
    private static boolean isMute(SQLException e) {
        return Causes.innermost(e).equals("Read timed out")
                || ServerWords.of(e).sentence().contains("Connection attempt timed out");
    }

    private static boolean isAboutTls(SQLException e) {
        if (Causes.find(e, EOFException.class).isPresent()) {
            return false;
        }
        return Causes.find(e, GeneralSecurityException.class).isPresent()
                || Causes.find(e, SSLException.class).isPresent()
                || ServerWords.of(e).sentence().contains("could not be verified");
    }

    private static Failure insecure(PostgresSettings settings, SQLException e) {
        String env = settings.env();
        return Failure.configuration(
                "postgres-tls",
                "There is no connection to Postgres at " + address(settings) + " as "
                        + env + "_SSLMODE=" + settings.tls().mode() + " asks for: "
                        + Causes.innermost(e).replaceAll("\\.$", "") + ".",
                "Check that " + env
                        + "_SSLROOTCERT holds the authority that signed the server's certificate, and that the"
                        + " certificate is for this host.");
    }

    /** @param doing completes "Postgres failed while …" */
    static Failure running(String doing, SQLException e) {
        ServerWords words = ServerWords.of(e);
        return switch (words.state()) {
            case "42501" ->
                Failure.running(
                        "no-privilege",
                        "Postgres denies " + doing + ": " + words.sentence(),
                        words.hint(
                                words.sentence().contains("row-level security")
                                        ? "Rows would be hidden: the loader's user needs to own the table, or"
                                                + " ALTER ROLE … BYPASSRLS."
                                        : "The loader's user needs SELECT on the table; a view reads with the rights"
                                                + " of its owner, unless it is made with security_invoker."),
                        e);
            case "55P03" ->
                Failure.running(
                        "locked",
                        "Postgres could not lock a table within 10 s while " + doing + ": " + words.sentence(),
                        words.hint("Another session changes it (ALTER, TRUNCATE, VACUUM FULL …): run again when that"
                                + " is done."),
                        e);
            // A transaction that only reads meets no other serialization failure.
            case "40001" ->
                Failure.running(
                        "standby-conflict",
                        "The standby ended " + doing + ", as that would have kept it from following its primary: "
                                + words.sentence(),
                        words.hint("Set hot_standby_feedback = on there, or max_standby_streaming_delay to more than a"
                                + " load takes, or load from the primary; see \"Reading from a replica\" in the"
                                + " loader's README. Nothing was published."),
                        e);
            default ->
                isPassing(words)
                        ? lost(doing, e)
                        : Failure.running(
                                "postgres-error",
                                "Postgres failed while " + doing + ": " + words.sentence(),
                                words.hint(advice(words.state()) + "Nothing was published."),
                                e);
        };
    }

    /** @param place the column and the row */
    static Failure value(String place, TableName table, SQLException e) {
        ServerWords words = ServerWords.of(e);
        return Failure.running(
                "value-unreadable",
                "Postgres cannot send " + place + " of " + table + ": " + words.sentence(),
                words.hint(advice(words.state()) + "Nothing was published. Correct the value in the source."),
                e);
    }

    /**
     * Class 08 is a lost connection, 57P01 to 57P05 a server that stops, starts or ends sessions, but for 57P04, a dropped
     * database (PostgreSQL documentation, appendix A).
     */
    private static boolean isPassing(ServerWords words) {
        boolean refused = words.own() && words.sentence().contains("not allowed");
        return words.state().startsWith("08") && !refused
                || words.state().startsWith("57P0") && !words.state().equals("57P04")
                || words.state().equals("53300")
                || words.state().equals("40P01");
    }

    /** What the server cannot know. Ends with a space where there is any. */
    private static String advice(String state) {
        return switch (state) {
            case "42P01", "42883", "42704" ->
                "The loader reads with search_path = pg_catalog: functions that a view calls must name schemas, or have"
                        + " a search_path of their own (ALTER FUNCTION … SET search_path). ";
            case "57014" ->
                "Somebody cancelled it, or a limit of the server or of a pooler: the loader itself sets none. ";
            case "25P04" -> "A limit on time ended it, although the loader had set none. ";
            case "53100" -> "The source's disk is full. ";
            case "53200" -> "The source lacks memory. ";
            case "XX001", "XX002" -> "The source's data is damaged: see its log, and restore it from a backup. ";
            default -> "";
        };
    }

    /** A failure of which the run may begin again. */
    private static Failure lost(String doing, SQLException e) {
        ServerWords words = ServerWords.of(e);
        return Failure.passing(
                "postgres-lost",
                "Postgres was lost while " + doing + ": " + words.sentence(),
                words.hint("Nothing was published."),
                e);
    }

    static Failure badValue(ColumnSpec column, String value, SQLException e) {
        ServerWords words = ServerWords.of(e);
        return Failure.configuration(
                "bad-value",
                "\"" + value + "\" is no value for the column " + column.name() + ": " + words.sentence(),
                words.hint("The column is of the type " + column.sourceType() + "."));
    }
}
