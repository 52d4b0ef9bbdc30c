package millrace.stream.run;

import java.util.Optional;
import millrace.stream.protocol.Lsn;
import millrace.stream.sink.Position;
import millrace.stream.source.ServerIdentity;
import millrace.stream.source.SlotState;

/** Looks for why the stream cannot go on from a position: changes would be missing, and nobody would see it. */
final class GapCheck {
    private GapCheck() {}

    /**
     * @param history the timelines that came before the server's, as Postgres keeps them; of the same timeline, empty
     */
    static Optional<Gap> find(
            Position position, ServerIdentity server, Optional<SlotState> slot, String database, String history) {
        if (!server.system().equals(position.system())) {
            return gap(
                    "another-server",
                    "This is another Postgres server (" + server.system() + ") than the one that was followed ("
                            + position.system() + ").");
        }
        if (Lsn.isBefore(server.end(), position.applied())
                || server.timeline() < position.timeline()
                || Lsn.isBefore(end(position.timeline(), server, history), position.applied())) {
            return gap(
                    "source-behind",
                    "Postgres has lost changes that were followed: its log ends before " + Lsn.text(position.applied())
                            + ", as after a restore or the promotion of a standby.");
        }
        if (slot.isEmpty()) {
            return gap("slot-missing", "The replication slot " + position.slot() + " is gone, and with it changes.");
        }
        return ofSlot(position, slot.get(), database);
    }

    private static Optional<Gap> ofSlot(Position position, SlotState found, String database) {
        if (!found.plugin().equals("pgoutput") || !found.database().equals(database)) {
            return gap(
                    "slot-foreign",
                    "The replication slot " + position.slot() + " is another one: it is of the plug-in \""
                            + found.plugin() + "\" and the database \"" + found.database() + "\".");
        }
        if (found.walStatus().equals("lost")) {
            return gap(
                    "slot-lost",
                    "Postgres has removed the log that the replication slot " + position.slot()
                            + " was to keep (max_slot_wal_keep_size).");
        }
        if (Lsn.isBefore(position.applied(), found.confirmed())) {
            return gap(
                    "slot-ahead",
                    "The replication slot " + position.slot() + " stands at " + Lsn.text(found.confirmed())
                            + ", beyond the position " + Lsn.text(position.applied())
                            + ": it was made anew, or something else has read from it.");
        }
        return Optional.empty();
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

    private static Optional<Gap> gap(String code, String sentence) {
        boolean isSurelyOurs = !code.equals("another-server") && !code.equals("slot-foreign");
        return Optional.of(new Gap(code, sentence, isSurelyOurs));
    }
}
