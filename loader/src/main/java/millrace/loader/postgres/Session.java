package millrace.loader.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import millrace.contract.settings.Secret;

/**
 * The settings that make what a connection sends depend on the data alone. They are set for a transaction, not for the
 * session: a pooler may lend the server's session to somebody else afterwards, and must not have to know any of them at the start.
 */
final class Session {
    /**
     * One setting.
     *
     * @param set what it is set to; empty for those that only a superuser may set, which are looked at
     * @param shown how the server shows that
     * @param since the server's first version that has it, as in server_version_num
     */
    private record Setting(String name, String set, String shown, int since) {
        /** Whether it is as wanted, or of another version. DateStyle also has the order of day and month that views read. */
        boolean suits(String found) {
            return found == null || found.equals(shown) || name.equals("DateStyle") && found.startsWith(shown + ", ");
        }
    }

    /** What holds the salt of hashes, for a transaction. */
    static final String SALT = "millrace.salt";

    private static final int TEN = 100_000;

    /**
     * In the order in which they are set: with quote_all_identifiers the search path would be shown otherwise. Without pg_temp at its end, temporary tables and types would come first. Row security is off so that a policy that hides
     * rows is an error instead of a loss; notices are off as the driver keeps them all.
     */
    private static final List<Setting> SETTINGS = List.of(
            set("quote_all_identifiers", "off"),
            set("search_path", "pg_catalog, pg_temp"),
            set("row_security", "off"),
            set("statement_timeout", "0"),
            new Setting("lock_timeout", "10000", "10s", TEN),
            set("idle_in_transaction_session_timeout", "0"),
            new Setting("idle_session_timeout", "0", "0", 140_000),
            new Setting("transaction_timeout", "0", "0", 170_000),
            set("client_encoding", "UTF8"),
            set("client_min_messages", "error"),
            set("TimeZone", "UTC"),
            set("DateStyle", "ISO"),
            set("IntervalStyle", "postgres"),
            set("extra_float_digits", "3"),
            set("bytea_output", "hex"),
            set("xmlbinary", "base64"),
            set("xmloption", "content"),
            set("standard_conforming_strings", "on"),
            set("array_nulls", "on"),
            set("transform_null_equals", "off"),
            set("gin_fuzzy_search_limit", "0"),
            new Setting("zero_damaged_pages", "", "off", TEN),
            new Setting("ignore_checksum_failure", "", "off", TEN));

    /** The process that answers, the encoding of the database, and every setting: columns that {@link SessionState} reads. */
    static final String LOOK = look();

    private Session() {}

    private static Setting set(String name, String value) {
        return new Setting(name, value, value, TEN);
    }

    private static String look() {
        StringJoiner columns = new StringJoiner(", ", "SELECT ", "");
        columns.add("pg_catalog.pg_backend_pid()").add("pg_catalog.current_setting('server_encoding')");
        SETTINGS.forEach(setting -> columns.add("pg_catalog.current_setting('" + setting.name() + "', true)"));
        return columns.toString();
    }

    /**
     * Statements that begin a transaction, and are no queries yet: a snapshot is taken by what follows.
     *
     * @param salt empty for none
     */
    static String begin(String isolation, int serverVersion, Secret salt) {
        StringBuilder begin = new StringBuilder("BEGIN ISOLATION LEVEL " + isolation + " READ ONLY NOT DEFERRABLE");
        for (Setting setting : SETTINGS) {
            if (!setting.set().isEmpty() && serverVersion >= setting.since()) {
                begin.append("; SET LOCAL ").append(setting.name()).append(" = ");
                begin.append(setting.name().equals("search_path") ? setting.set() : "'" + setting.set() + "'");
            }
        }
        if (!salt.value().isEmpty()) {
            begin.append("; SET LOCAL ").append(SALT).append(" = ").append(Sql.literal(salt.value()));
        }
        return begin.toString();
    }

    /** Start-up options for connections that are no pooler's to lend: those settings that every version has. */
    static String startup() {
        StringJoiner options = new StringJoiner(" ");
        for (Setting setting : SETTINGS) {
            if (!setting.set().isEmpty() && setting.since() == TEN) {
                options.add("-c " + setting.name() + "=" + setting.set().replace(" ", ""));
            }
        }
        return options.toString();
    }

    /** Sentences about the settings that are not as they must be. */
    static List<String> wrong(List<String> found) {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < SETTINGS.size(); i++) {
            Setting setting = SETTINGS.get(i);
            if (!setting.suits(found.get(i))) {
                wrong.add(setting.name() + " is \"" + found.get(i) + "\" instead of \"" + setting.shown() + "\"");
            }
        }
        return wrong;
    }
}
