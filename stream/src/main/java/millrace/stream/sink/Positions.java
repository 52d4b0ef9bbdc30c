package millrace.stream.sink;

import static java.util.Objects.requireNonNull;
import static millrace.stream.sink.KnownTable.State.FOLLOWED;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.contract.pipeline.TableName;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.clickhouse.Ddl;
import millrace.stream.source.SchemaChange;
import millrace.stream.source.TableShape;

/** What ClickHouse keeps about pipelines that are followed: positions, and the shapes that tables had when they were copied. */
public final class Positions {
    private static final TableName POSITIONS = new TableName(Ddl.OWN, "stream_positions");
    private static final TableName TABLES = new TableName(Ddl.OWN, "stream_tables");
    private static final TableName CHANGES = new TableName(Ddl.OWN, "schema_changes");
    private static final String DURABLE = " SETTINGS fsync_after_insert = 1, fsync_part_directory = 1";

    private final ClickHouseHttp http;
    private final String pipeline;

    public Positions(ClickHouseHttp http, String pipeline) {
        this.http = requireNonNull(http, "http is null");
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
    }

    /** Makes the tables where they are missing. */
    public void init(String database) {
        http.query("CREATE DATABASE IF NOT EXISTS " + Ddl.quoted(Ddl.OWN));
        http.query("CREATE DATABASE IF NOT EXISTS " + Ddl.quoted(database));
        http.query("""
                CREATE TABLE IF NOT EXISTS %s (
                  pipeline String COMMENT 'Name of the pipeline',
                  generation UInt32 COMMENT 'Counts the slots that the pipeline has had',
                  slot String COMMENT 'The replication slot',
                  system String COMMENT 'Identifies the Postgres server',
                  timeline UInt32 COMMENT 'Timeline of the Postgres server',
                  applied UInt64 COMMENT 'All that was committed below this place in the log is here; 0 before the first copy is complete',
                  commit_time DateTime64(6, 'UTC') COMMENT 'When the last transaction was committed that is here',
                  written_at DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC') COMMENT 'When this row was written'
                ) ENGINE = ReplacingMergeTree(applied) ORDER BY (pipeline, generation)%s
                COMMENT 'Up to where pipelines have followed their sources'""".formatted(Ddl.quoted(POSITIONS), DURABLE));
        http.query("""
                CREATE TABLE IF NOT EXISTS %s (
                  pipeline String COMMENT 'Name of the pipeline',
                  source String COMMENT 'The table that is followed',
                  generation UInt32 COMMENT 'That of the slot',
                  storage String COMMENT 'The table that keeps its changes',
                  shape String COMMENT 'What the table looked like when it was copied, in Base64',
                  state LowCardinality(String) DEFAULT 'followed' COMMENT 'followed, left until it is copied anew, or paused',
                  sentence String COMMENT 'Why it is not followed',
                  written_at DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC') COMMENT 'When this row was written'
                ) ENGINE = ReplacingMergeTree(generation) ORDER BY (pipeline, source)%s
                COMMENT 'Tables whose changes are followed'""".formatted(Ddl.quoted(TABLES), DURABLE));
        http.query(
                "ALTER TABLE " + Ddl.quoted(TABLES)
                        + " ADD COLUMN IF NOT EXISTS state LowCardinality(String) DEFAULT 'followed', ADD COLUMN IF NOT EXISTS sentence String");
        http.query("""
                CREATE TABLE IF NOT EXISTS %s (
                  pipeline String COMMENT 'Name of the pipeline',
                  source String COMMENT 'The table that changed',
                  change String COMMENT 'What about it changed',
                  applied UInt64 COMMENT 'Up to where the source had been followed',
                  answer String COMMENT 'What was done about it',
                  noticed_at DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC') COMMENT 'When it was noticed'
                ) ENGINE = MergeTree ORDER BY (pipeline, noticed_at)%s
                COMMENT 'Changes of the shape of tables that are followed'""".formatted(Ddl.quoted(CHANGES), DURABLE));
    }

    /** Writes down that a table has changed, and that it is copied anew. */
    public void note(SchemaChange change, long applied) {
        note(change.source().toString(), change.what(), applied);
    }

    /**
     * @param source the table, or * for all of them
     * @param what about it changed
     */
    public void note(String source, String what, long applied) {
        http.query("INSERT INTO " + Ddl.quoted(CHANGES)
                + " (pipeline, source, change, applied, answer) SETTINGS async_insert = 0 VALUES ("
                + String.join(
                        ", ",
                        Ddl.literal(pipeline),
                        Ddl.literal(source),
                        Ddl.literal(what),
                        Long.toUnsignedString(applied),
                        Ddl.literal("copied anew"))
                + ")");
    }

    public Optional<Position> find() {
        String answer = exists(POSITIONS)
                ? http.query("SELECT generation, slot, system, timeline, applied FROM " + Ddl.quoted(POSITIONS)
                        + " WHERE pipeline = " + Ddl.literal(pipeline)
                        + " ORDER BY generation DESC, applied DESC LIMIT 1")
                : "";
        if (answer.isBlank()) {
            return Optional.empty();
        }
        String[] fields = answer.strip().split("\t");
        return Optional.of(new Position(
                Long.parseLong(fields[0]),
                fields[1],
                fields[2],
                Integer.parseInt(fields[3]),
                Long.parseUnsignedLong(fields[4])));
    }

    private boolean exists(TableName table) {
        return http.query("EXISTS TABLE " + Ddl.quoted(table)).strip().equals("1");
    }

    /** @param commitMicros since 2000-01-01 00:00 UTC */
    public void write(Position position, long commitMicros) {
        http.query("INSERT INTO " + Ddl.quoted(POSITIONS)
                + " (pipeline, generation, slot, system, timeline, applied, commit_time) SETTINGS async_insert = 0 VALUES ("
                + String.join(
                        ", ",
                        Ddl.literal(pipeline),
                        Long.toString(position.generation()),
                        Ddl.literal(position.slot()),
                        Ddl.literal(position.system()),
                        Integer.toString(position.timeline()),
                        Long.toUnsignedString(position.applied()),
                        "fromUnixTimestamp64Micro(" + (commitMicros + MICROS_TO_2000) + ", 'UTC')")
                + ")");
    }

    private static final long MICROS_TO_2000 = 946_684_800_000_000L;

    /** Writes down that tables are followed from now on, as they look. */
    public void follow(Collection<FollowedTable> tables, long generation) {
        writeTables(tables.stream()
                .map(table -> row(
                        table.spec().source().toString(),
                        generation,
                        table.storage().toString(),
                        encoded(table.shape()),
                        FOLLOWED,
                        ""))
                .collect(Collectors.joining(", ")));
    }

    /** Writes down that changes of a table are missing, before the position moves beyond them. */
    public void leave(TableName source, TableName storage, long generation, KnownTable.State state, String sentence) {
        writeTables(row(source.toString(), generation, storage.toString(), "", state, sentence));
    }

    /** Writes down that changes of all tables are missing. */
    public void leaveAll(long generation) {
        String known = tables().entrySet().stream()
                .filter(table -> table.getValue().state() == FOLLOWED)
                .map(table -> row(
                        table.getValue().source(),
                        generation,
                        table.getKey(),
                        "",
                        KnownTable.State.LEFT,
                        "All tables are copied anew."))
                .collect(Collectors.joining(", "));
        if (!known.isEmpty()) {
            writeTables(known);
        }
    }

    private void writeTables(String rows) {
        http.query("INSERT INTO " + Ddl.quoted(TABLES)
                + " (pipeline, source, generation, storage, shape, state, sentence) SETTINGS async_insert = 0 VALUES "
                + rows);
    }

    private String row(
            String source, long generation, String storage, String shape, KnownTable.State state, String sentence) {
        return "("
                + String.join(
                        ", ",
                        Ddl.literal(pipeline),
                        Ddl.literal(source),
                        Long.toString(generation),
                        Ddl.literal(storage),
                        Ddl.literal(shape),
                        Ddl.literal(state.name().toLowerCase(Locale.ROOT)),
                        Ddl.literal(sentence))
                + ")";
    }

    private static String encoded(TableShape shape) {
        return Base64.getEncoder().encodeToString(shape.digest().getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String shape) {
        return new String(Base64.getDecoder().decode(shape), StandardCharsets.UTF_8);
    }

    /** What is known of the pipeline's tables, by the names of the tables that keep their changes. */
    public Map<String, KnownTable> tables() {
        String answer = http.query("SELECT storage, source, state, shape FROM " + Ddl.quoted(TABLES)
                + " FINAL WHERE pipeline = " + Ddl.literal(pipeline) + " FORMAT TSVRaw");
        Map<String, KnownTable> tables = new HashMap<>();
        answer.lines().map(line -> line.split("\t", -1)).forEach(fields -> tables.put(fields[0], known(fields)));
        return tables;
    }

    private static KnownTable known(String[] fields) {
        KnownTable.State state = KnownTable.State.valueOf(fields[2].toUpperCase(Locale.ROOT));
        return new KnownTable(fields[1], state, decoded(fields[3]));
    }

    /** Forgets the pipeline. */
    public void forget() {
        for (TableName table : List.of(POSITIONS, TABLES)) {
            if (exists(table)) {
                http.query("ALTER TABLE " + Ddl.quoted(table) + " DELETE WHERE pipeline = " + Ddl.literal(pipeline)
                        + " SETTINGS mutations_sync = 1");
            }
        }
    }
}
