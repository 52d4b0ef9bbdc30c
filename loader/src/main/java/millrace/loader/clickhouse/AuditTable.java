package millrace.loader.clickhouse;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import millrace.loader.run.LoadRecord;

/** The table of all loads. */
final class AuditTable {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("''yyyy-MM-dd HH:mm:ss.SSSSSS''").withZone(ZoneOffset.UTC);

    private static final String NAMES =
            "run_id, pipeline, `table`, source, mode, started_at, finished_at, rows, table_rows, bytes,"
                    + " replaced, seconds, outcome, sentence";

    private static final String TYPES = "run_id String, pipeline String, `table` String, source String, mode String,"
            + " started_at DateTime64(6, 'UTC'), finished_at DateTime64(6, 'UTC'), rows UInt64, table_rows UInt64, bytes UInt64,"
            + " replaced UInt64, seconds Float64, outcome String, sentence String";

    private AuditTable() {}

    /** Adds records, but for those that are there: after a lost answer nobody knows whether they are. */
    static String insert(List<LoadRecord> loads) {
        String runs =
                loads.stream().map(load -> Ddl.literal(load.runId())).distinct().collect(Collectors.joining(", "));
        return "INSERT INTO " + Ddl.quoted(Ddl.LOADS) + " (" + NAMES + ") SELECT * FROM VALUES(" + Ddl.literal(TYPES)
                + ", "
                + loads.stream().map(AuditTable::row).collect(Collectors.joining(", "))
                + ") WHERE (run_id, `table`, started_at, outcome) NOT IN (SELECT run_id, `table`, started_at, outcome FROM "
                + Ddl.quoted(Ddl.LOADS) + " WHERE run_id IN (" + runs + "))";
    }

    private static String row(LoadRecord load) {
        return String.join(
                ", ",
                "(" + Ddl.literal(load.runId()),
                Ddl.literal(load.pipeline()),
                Ddl.literal(load.target().toString()),
                Ddl.literal(load.source().toString()),
                Ddl.literal(load.mode()),
                instant(load.startedAt()),
                instant(load.finishedAt()),
                Long.toString(load.rows()),
                Long.toString(load.tableRows()),
                Long.toString(load.bytes()),
                Long.toString(load.replaced()),
                Double.toString(load.seconds()),
                Ddl.literal(load.outcome().label()),
                Ddl.literal(load.sentence()) + ")");
    }

    private static String instant(Instant instant) {
        return INSTANT.format(instant);
    }
}
