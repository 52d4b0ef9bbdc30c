package millrace.loader.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import millrace.contract.failure.Failure;

/**
 * What a transaction has to do with, as the server told it.
 *
 * @param process the number of the server's process
 * @param encoding of the database, as Postgres spells it
 * @param wrong sentences about settings that are not as they must be
 */
record SessionState(int process, String encoding, List<String> wrong) {
    private static final int FIRST_SETTING = 3;

    /** @param row of {@link Session#LOOK} */
    static SessionState read(ResultSet row) throws SQLException {
        List<String> settings = new ArrayList<>();
        for (int i = FIRST_SETTING; i <= row.getMetaData().getColumnCount(); i++) {
            settings.add(row.getString(i));
        }
        return new SessionState(row.getInt(1), row.getString(2), Session.wrong(settings));
    }

    /** Whether the database takes any bytes for text, and converts them to nothing. */
    boolean isBytes() {
        return encoding.equals("SQL_ASCII");
    }

    /** @throws Failure when settings are not as the loader has just made them */
    void refuseWrong() {
        if (!wrong.isEmpty()) {
            throw Failure.running(
                    "wrong-session",
                    "Postgres does not read as the loader needs it to: " + String.join(", ", wrong) + ".",
                    "The loader has asked for that. What the server's configuration sets can be changed there"
                            + " (ALTER SYSTEM, ALTER DATABASE or ALTER ROLE … RESET); else a pooler or proxy on the way"
                            + " keeps settings from the server.");
        }
    }

    /** @throws Failure when the transaction has not been what it was when it began */
    void refuseOther(SessionState begun) {
        if (process != begun.process) {
            throw Failure.running(
                    "wrong-session",
                    "Statements of one transaction went to different processes of Postgres, " + begun.process + " and "
                            + process + ": a pooler or proxy on the way hands out statements.",
                    "Let it hand out sessions or transactions, pool_mode = session in PgBouncer, or connect to Postgres itself.");
        }
        if (!wrong.isEmpty()) {
            throw Failure.running(
                    "wrong-session",
                    "Settings of the loader's were changed while it read: " + String.join(", ", wrong) + ".",
                    "A function that a view calls does so, with SET or set_config(). Nothing was published.");
        }
    }
}
