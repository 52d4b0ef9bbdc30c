package millrace.webhook.warehouse;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the loader and the followers have written down in ClickHouse. However many ask, ClickHouse is asked once in a while. */
public final class Loads {
    private static final Duration FRESH = Duration.ofSeconds(3);
    private static final String UNSET = "The webhook is not told where ClickHouse is: CLICKHOUSE_HOST is not set.";

    /** One row a table; what its loads say, and how large it is now. */
    private static final String TABLES = """
            SELECT l.pipeline, l.name, l.source, l.mode, l.outcome, l.sentence, l.ended, l.good, l.brought,
              ifNull(t.total_rows, l.kept), ifNull(t.total_bytes, 0), l.replaced, l.day, l.bad, l.trend
            FROM (
              SELECT x.pipeline AS pipeline, x.`table` AS name, argMax(x.source, x.started_at) AS source,
                argMax(x.mode, x.started_at) AS mode, argMax(x.outcome, x.started_at) AS outcome,
                argMax(x.sentence, x.started_at) AS sentence, toUnixTimestamp64Milli(max(x.finished_at)) AS ended,
                toUnixTimestamp64Milli(maxIf(x.finished_at, x.outcome = 'done')) AS good,
                toUnixTimestamp64Milli(maxIf(x.started_at, x.outcome = 'done' AND x.rows > 0)) AS brought,
                argMaxIf(x.table_rows, x.started_at, x.outcome = 'done') AS kept,
                argMax(x.replaced, x.started_at) AS replaced, countIf(x.started_at > now() - 86400) AS day,
                countIf(x.started_at > now() - 86400 AND x.outcome = 'failed') AS bad,
                arrayMap(y -> y.2, arraySlice(arraySort(groupArrayIf((x.started_at, x.table_rows),
                  x.outcome = 'done' AND x.started_at > now() - 30 * 86400)), -30)) AS trend
              FROM millrace.loads AS x GROUP BY x.pipeline, x.`table`) AS l
            LEFT JOIN (
              SELECT concat(database, '.', name) AS name, total_rows, total_bytes FROM system.tables
              WHERE database IN (SELECT splitByChar('.', `table`)[1] FROM millrace.loads)) AS t ON t.name = l.name
            ORDER BY l.pipeline, l.name""";

    private static final String FOLLOWERS = """
            SELECT p.pipeline, p.state, p.ended, p.lag, p.lag_bytes, p.slot, ifNull(c.changes, 0)
            FROM (
              SELECT pipeline, argMax(state, at) AS state, toUnixTimestamp64Milli(max(at)) AS ended,
                argMax(lag_seconds, at) AS lag, argMax(lag_bytes, at) AS lag_bytes, argMax(slot_bytes, at) AS slot
              FROM millrace.stream_progress GROUP BY pipeline) AS p
            LEFT JOIN (
              SELECT pipeline, sum(changes) AS changes FROM millrace.stream_counts
              WHERE at > now() - 3600 AND kind != 'copy' GROUP BY pipeline) AS c ON c.pipeline = p.pipeline
            ORDER BY p.pipeline""";

    private static final String HISTORY = """
            SELECT run_id, pipeline, source, mode, toUnixTimestamp64Milli(started_at), seconds, rows, table_rows, bytes, replaced,
              outcome, sentence
            FROM millrace.loads WHERE `table` = {name:String} ORDER BY started_at DESC LIMIT {most:UInt32}""";

    /** A followed table has other rows without a load: it has no mark. */
    private static final String MARKS = """
            SELECT `table`, argMax(pipeline, finished_at), argMaxIf(concat(run_id, ' ', toString(finished_at)), finished_at,
              outcome = 'done' AND (rows > 0 OR replaced > 0 OR mode != 'incremental'))
            FROM millrace.loads GROUP BY `table`""";

    private static final String FOLLOWED = "SELECT DISTINCT pipeline FROM millrace.stream_progress";

    /** Those of ClickHouse itself aside. */
    private static final String EXISTING = """
            SELECT concat(database, '.', name) FROM system.tables
            WHERE database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA')""";

    private static final String END = "KILL QUERY WHERE position(Settings['log_comment'], {mark:String}) > 0 ASYNC";

    private final Optional<Warehouse> warehouse;
    private Overview last;
    private long lastNanos;

    /** @param warehouse empty when nobody says where it is */
    public Loads(Optional<Warehouse> warehouse) {
        this.warehouse = requireNonNull(warehouse, "warehouse is null");
    }

    /** All tables and followers, as they were a moment ago; never fails, but tells a problem. */
    public synchronized Overview overview() {
        if (last == null || System.nanoTime() - lastNanos > FRESH.toNanos()) {
            last = warehouse.map(Loads::look).orElseGet(() -> Overview.unknown(UNSET));
            lastNanos = System.nanoTime();
        }
        return last;
    }

    /**
     * The last loads of a table, newest first.
     *
     * @param name with its database
     * @throws WarehouseFailure when ClickHouse does not tell
     */
    public List<Load> history(String name, int most) {
        Warehouse asked = warehouse.orElseThrow(() -> new WarehouseFailure(0, UNSET));
        List<Load> loads = new ArrayList<>();
        for (JsonNode row : rows(asked, HISTORY, Map.of("name", name, "most", String.valueOf(most)))) {
            loads.add(new Load(
                    row.path(0).asText(),
                    row.path(1).asText(),
                    row.path(2).asText(),
                    row.path(3).asText(),
                    Instant.ofEpochMilli(row.path(4).asLong()),
                    row.path(5).asDouble(),
                    row.path(6).asLong(),
                    row.path(7).asLong(),
                    row.path(8).asLong(),
                    row.path(9).asLong(),
                    row.path(10).asText().equals("done"),
                    row.path(11).asText()));
        }
        return loads;
    }

    /**
     * The last load of each table that brought rows, as it is now.
     *
     * @throws WarehouseFailure when ClickHouse does not tell
     */
    public Marks marks() {
        Warehouse asked = warehouse.orElseThrow(() -> new WarehouseFailure(0, UNSET));
        Set<String> followed = rows(asked, FOLLOWED, Map.of()).stream()
                .map(row -> row.path(0).asText())
                .collect(Collectors.toSet());
        Map<String, String> byTable = new HashMap<>();
        for (JsonNode row : rows(asked, MARKS, Map.of())) {
            if (!followed.contains(row.path(1).asText())) {
                byTable.put(row.path(0).asText(), row.path(2).asText());
            }
        }
        return new Marks(byTable);
    }

    /**
     * The tables and views that there are now, with their databases.
     *
     * @throws WarehouseFailure when ClickHouse does not tell
     */
    public Set<String> existing() {
        Warehouse asked = warehouse.orElseThrow(() -> new WarehouseFailure(0, UNSET));
        return rows(asked, EXISTING, Map.of()).stream()
                .map(row -> row.path(0).asText())
                .collect(Collectors.toSet());
    }

    /**
     * Ends queries whose log_comment has a mark, and does not wait for their end.
     *
     * @throws WarehouseFailure when ClickHouse does not do so
     */
    public void endQueries(String mark) {
        warehouse.ifPresent(it -> it.execute(END, Map.of("mark", mark)));
    }

    private static Overview look(Warehouse warehouse) {
        try {
            return new Overview(
                    rows(warehouse, TABLES, Map.of()).stream().map(Loads::table).toList(),
                    rows(warehouse, FOLLOWERS, Map.of()).stream()
                            .map(Loads::follower)
                            .toList(),
                    Optional.empty());
        } catch (WarehouseFailure e) {
            return Overview.unknown(e.getMessage());
        }
    }

    /** The tables are made by the first load, and the first follower. */
    private static List<JsonNode> rows(Warehouse warehouse, String sql, Map<String, String> parameters) {
        try {
            return warehouse.rows(sql, parameters);
        } catch (WarehouseFailure e) {
            if (e.isOfMissingTable()) {
                return List.of();
            }
            throw e;
        }
    }

    private static LoadedTable table(JsonNode row) {
        List<Double> trend = new ArrayList<>();
        row.path(14).forEach(rows -> trend.add(rows.asDouble()));
        return new LoadedTable(
                row.path(0).asText(),
                row.path(1).asText(),
                row.path(2).asText(),
                row.path(3).asText(),
                row.path(4).asText().equals("done"),
                row.path(5).asText(),
                Instant.ofEpochMilli(row.path(6).asLong()),
                moment(row.path(7)),
                moment(row.path(8)),
                row.path(9).asLong(),
                row.path(10).asLong(),
                row.path(11).asLong(),
                row.path(12).asLong(),
                row.path(13).asLong(),
                trend);
    }

    private static Instant moment(JsonNode millis) {
        return millis.asLong() <= 0 ? null : Instant.ofEpochMilli(millis.asLong());
    }

    private static Follower follower(JsonNode row) {
        return new Follower(
                row.path(0).asText(),
                row.path(1).asText(),
                Instant.ofEpochMilli(row.path(2).asLong()),
                row.path(3).asDouble(),
                row.path(4).asLong(),
                row.path(5).asLong(),
                row.path(6).asLong());
    }
}
