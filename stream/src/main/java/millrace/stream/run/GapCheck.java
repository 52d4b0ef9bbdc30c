package millrace.stream.run;

import java.util.Optional;
import millrace.contract.failure.Failure;
import millrace.stream.protocol.Lsn;
import millrace.stream.sink.Position;
import millrace.stream.source.ServerIdentity;
import millrace.stream.source.SlotState;

/** Says why the stream cannot go on from a position: changes would be missing, and nobody would see it. */
final class GapCheck {
    private static final String ANEW =
            "Nothing was changed. \"follow drop\" and then \"follow run\" copy all tables anew and go on from there.";

    private GapCheck() {}

    /**
     * @param history the timelines that came before the server's, as Postgres keeps them; of the same timeline, empty
     * @throws Failure when there is a gap
     */
    static void refuse(
            Position position, ServerIdentity server, Optional<SlotState> slot, String database, String history) {
        if (!server.system().equals(position.system())) {
            throw gap(
                    "another-server",
                    "This is another Postgres server (" + server.system() + ") than the one that was followed ("
                            + position.system() + ").");
        }
        if (Lsn.isBefore(server.end(), position.applied())
                || server.timeline() < position.timeline()
                || Lsn.isBefore(end(position.timeline(), server, history), position.applied())) {
            throw gap(
                    "source-behind",
                    "Postgres has lost changes that were followed: its log ends before " + Lsn.text(position.applied())
                            + ", as after a restore or the promotion of a standby.");
        }
        SlotState found = slot.orElseThrow(() ->
                gap("slot-missing", "The replication slot " + position.slot() + " is gone, and with it changes."));
        if (!found.plugin().equals("pgoutput") || !found.database().equals(database)) {
            throw gap(
                    "slot-foreign",
                    "The replication slot " + position.slot() + " is another one: it is of the plug-in \""
                            + found.plugin() + "\" and the database \"" + found.database() + "\".");
        }
        if (found.walStatus().equals("lost")) {
            throw gap(
                    "slot-lost",
                    "Postgres has removed the log that the replication slot " + position.slot()
                            + " was to keep (max_slot_wal_keep_size).");
        }
        if (Lsn.isBefore(position.applied(), found.confirmed())) {
            throw gap(
                    "slot-ahead",
                    "The replication slot " + position.slot() + " stands at " + Lsn.text(found.confirmed())
                            + ", beyond the position " + Lsn.text(position.applied())
                            + ": it was made anew, or something else has read from it.");
        }
    }

    /** Where a timeline ended; for the server's own, the end of its log. */
    static long end(int timeline, ServerIdentity server, String history) {
        if (timeline == server.timeline()) {
            return server.end();
        }
        return history.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length >= 2 && fields[0].equals(Integer.toString(timeline)))
                .map(fields -> Lsn.parse(fields[1]))
                .findFirst()
                .orElse(0L);
    }

    private static Failure gap(String code, String sentence) {
        return Failure.running(code, sentence, ANEW);
    }
}
