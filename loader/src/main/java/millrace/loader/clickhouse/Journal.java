package millrace.loader.clickhouse;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.loader.run.LoadRecord;
import millrace.loader.run.Unfinished;

/**
 * Keeps which tables a publication consists of, in a table of its own, from before the first takes its place until all are in
 * the audit table: what is cut short in between can be completed.
 */
record Journal(ClickHouseHttp http, Ddl ddl) {
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private static final int LOOK_MILLIS = 100;
    private static final int MAX_LOOKS = 600;

    private static final String COLUMNS = "tables UInt32, staged String, uuid String, before String, run_id String,"
            + " pipeline String, source_schema String, source String, database String, `table` String, mode String,"
            + " started_at DateTime64(6, 'UTC'), finished_at DateTime64(6, 'UTC'), rows UInt64, table_rows UInt64,"
            + " bytes UInt64, replaced UInt64, sentence String";

    /** The rows come in one insert, and each says how many there are: a journal is complete or none. */
    void write(TableName name, List<Unfinished.Entry> entries) {
        http.query("CREATE TABLE " + Ddl.quoted(name) + " (" + COLUMNS + ") ENGINE = MergeTree ORDER BY tuple()"
                + " COMMENT 'Tables that a run of the loader publishes at this moment, or was about to'");
        StringBuilder rows = new StringBuilder();
        for (Unfinished.Entry entry : entries) {
            rows.append(String.join("\t", fields(entry, entries.size()))).append('\n');
        }
        byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        http.insert(
                "INSERT INTO " + Ddl.quoted(name) + " SETTINGS async_insert = 0 FORMAT TabSeparated",
                out -> out.write(bytes));
    }

    private static List<String> fields(Unfinished.Entry entry, int entries) {
        LoadRecord load = entry.record();
        return List.of(
                Integer.toString(entries),
                escaped(entry.staged().table()),
                entry.uuid(),
                entry.before(),
                escaped(load.runId()),
                escaped(load.pipeline()),
                escaped(load.source().schema()),
                escaped(load.source().table()),
                escaped(load.target().schema()),
                escaped(load.target().table()),
                load.mode(),
                time(load.startedAt()),
                time(load.finishedAt()),
                Long.toString(load.rows()),
                Long.toString(load.tableRows()),
                Long.toString(load.bytes()),
                Long.toString(load.replaced()),
                escaped(load.sentence()));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String time(Instant instant) {
        return INSTANT.withZone(ZoneOffset.UTC).format(instant);
    }

    /** Empty while it is being written, and when it never was to its end: then nothing was published. */
    Optional<Unfinished> read(TableName name) {
        List<List<String>> rows = new TargetCatalog(http, ddl)
                .rows("SELECT toString(tables), staged, uuid, before, run_id,"
                        + " pipeline, source_schema, source, database, `table`, mode, toString(started_at), toString(finished_at),"
                        + " toString(rows), toString(table_rows), toString(bytes), toString(replaced), sentence FROM "
                        + Ddl.quoted(name) + " ORDER BY started_at, `table`");
        boolean complete = !rows.isEmpty() && rows.get(0).get(0).equals(Integer.toString(rows.size()));
        return complete
                ? Optional.of(
                        new Unfinished(name, rows.stream().map(Journal::entry).toList()))
                : Optional.empty();
    }

    private static Unfinished.Entry entry(List<String> row) {
        LoadRecord load = new LoadRecord(
                row.get(4),
                row.get(5),
                new TableName(row.get(6), row.get(7)),
                new TableName(row.get(8), row.get(9)),
                row.get(10),
                instant(row.get(11)),
                instant(row.get(12)),
                Long.parseLong(row.get(13)),
                Long.parseLong(row.get(14)),
                Long.parseLong(row.get(15)),
                Long.parseLong(row.get(16)),
                LoadRecord.Outcome.DONE,
                row.get(17));
        return new Unfinished.Entry(load, new TableName(Ddl.OWN, row.get(1)), row.get(2), row.get(3));
    }

    private static Instant instant(String text) {
        return LocalDateTime.parse(text, INSTANT).toInstant(ZoneOffset.UTC);
    }

    /** Which of the tables there are, by their names: the numbers that they keep whatever they are called. */
    Map<TableName, String> uuids(Collection<TableName> names) {
        Map<TableName, String> uuids = new HashMap<>();
        new TargetCatalog(http, ddl)
                .rows("SELECT database, name, toString(uuid) FROM system.tables WHERE (database, name) IN "
                        + TargetCatalog.among(names))
                .forEach(row -> uuids.put(new TableName(row.get(0), row.get(1)), row.get(2)));
        return uuids;
    }

    /** Completes a publication, and returns the records of what is published. */
    List<LoadRecord> complete(Unfinished publication) {
        awaitEnd(publication);
        List<TableName> names = new ArrayList<>(publication.targets());
        publication.entries().forEach(entry -> names.add(entry.staged()));
        Map<TableName, String> before = uuids(names);
        Switch.statements(
                        publication.entries().stream()
                                .filter(entry -> waits(entry, before))
                                .map(entry -> new Switch(
                                        entry.staged(),
                                        entry.record().target(),
                                        !entry.before().isEmpty()))
                                .toList(),
                        ddl)
                .forEach(http::query);
        return publication.entries().stream()
                .filter(entry -> waits(entry, before) || isPublished(entry, before))
                .map(Unfinished.Entry::record)
                .collect(Collectors.toList());
    }

    /** The statement of a run that is dead may go on: then it must not be given a second time, which would undo it. */
    private void awaitEnd(Unfinished publication) {
        String running =
                "SELECT count() FROM system.processes WHERE match(query, '^(EXCHANGE|RENAME) TABLE') AND position(query, "
                        + Ddl.literal(Ddl.quoted(publication.entries().get(0).staged())) + ") > 0";
        for (int i = 0; i < MAX_LOOKS && !http.query(running).strip().equals("0"); i++) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.running(
                        "interrupted", "The load was interrupted.", "Nothing was published. Run it again.");
            }
        }
    }

    /** Whether what it is to replace is still what it was. */
    private static boolean waits(Unfinished.Entry entry, Map<TableName, String> uuids) {
        return entry.uuid().equals(uuids.get(entry.staged()))
                && entry.before().equals(uuids.getOrDefault(entry.record().target(), ""));
    }

    static boolean isPublished(Unfinished.Entry entry, Map<TableName, String> uuids) {
        return entry.uuid().equals(uuids.get(entry.record().target()));
    }
}
