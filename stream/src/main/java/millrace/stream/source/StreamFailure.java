package millrace.stream.source;

import java.sql.SQLException;
import millrace.contract.failure.Failure;

/** Says in a sentence what Postgres complains about while its changes are followed. */
public final class StreamFailure {
    private StreamFailure() {}

    /** @param doing completes "Postgres failed while …" */
    public static Failure of(String doing, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "55006" -> taken("reads from the slot: " + text(e), e);
            case "53400" ->
                Failure.passing(
                        "slots-in-use",
                        "Postgres has no replication slot left: " + text(e) + ".",
                        "A copy beside the stream needs one more for as long as it runs: raise max_replication_slots, and restart.",
                        e);
            case "42501" ->
                Failure.running(
                        "no-privilege",
                        "Postgres denies " + doing + ": " + text(e) + ".",
                        "\"follow check\" names the rights that are missing, and the SQL that grants them.",
                        e);
            default ->
                Failure.passing(
                        "postgres-lost",
                        "Postgres failed while " + doing + ": " + text(e) + ".",
                        "SQLSTATE " + state + ". The stream goes on from its position when Postgres answers.",
                        e);
        };
    }

    /** @param what completes "Another follower …" */
    static Failure taken(String what, SQLException e) {
        return Failure.passing(
                "slot-taken",
                "Another follower " + what + ".",
                "Only one can follow a slot; this one waits and goes on when the other has ended.",
                e);
    }

    private static String text(SQLException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^ERROR: ", "")
                .replaceAll("\\.$", "");
    }
}
