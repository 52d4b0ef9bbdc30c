package millrace.loader.clickhouse;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import millrace.loader.run.LoadRecord;

/** The table of all loads. */
final class AuditTable {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("''yyyy-MM-dd HH:mm:ss.SSSSSS''").withZone(ZoneOffset.UTC);

    private AuditTable() {}

    static String insert(LoadRecord load) {
        return "INSERT INTO " + Ddl.quoted(Ddl.LOADS)
                + " (run_id, pipeline, `table`, source, mode, started_at, finished_at, rows, bytes, seconds, outcome,"
                + " sentence) VALUES ("
                + String.join(
                        ", ",
                        Ddl.literal(load.runId()),
                        Ddl.literal(load.pipeline()),
                        Ddl.literal(load.target().toString()),
                        Ddl.literal(load.source().toString()),
                        Ddl.literal(load.mode()),
                        instant(load.startedAt()),
                        instant(load.finishedAt()),
                        Long.toString(load.rows()),
                        Long.toString(load.bytes()),
                        Double.toString(load.seconds()),
                        Ddl.literal(load.outcome().label()),
                        Ddl.literal(load.sentence()))
                + ")";
    }

    private static String instant(Instant instant) {
        return INSTANT.format(instant);
    }
}
