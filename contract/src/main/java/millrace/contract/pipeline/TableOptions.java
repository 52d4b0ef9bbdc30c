package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pipeline file says about a table. Empty texts stand for what the loader would choose itself.
 *
 * @param key the columns that identify a row; empty for the primary key
 * @param engine as in ENGINE = …
 * @param orderBy as in ORDER BY …
 * @param partitionBy as in PARTITION BY …
 * @param ttl as in TTL …
 * @param settings as in SETTINGS …, in order
 * @param columns by the name of the column
 * @param hidden columns that the target has beside the source's, each defined as in CREATE TABLE, with a default
 * @param adopt whether a target that the loader did not make for this table is taken over
 * @param rules of a table that is followed
 * @param where a condition of Postgres that is true of the rows to load, empty for all
 * @param rowId the column of the target with a UUID for each row, empty for none
 */
public record TableOptions(
        LoadMode mode,
        List<String> key,
        String engine,
        String orderBy,
        String partitionBy,
        String ttl,
        Map<String, String> settings,
        Map<String, ColumnOptions> columns,
        List<String> hidden,
        boolean adopt,
        List<Rule> rules,
        String where,
        String rowId,
        Guard guard) {
    public static final TableOptions NONE =
            new TableOptions(new LoadMode.Full(), List.of(), "", "", "", "", Map.of(), Map.of());

    public TableOptions {
        requireNonNull(mode, "mode is null");
        key = List.copyOf(key);
        requireNonNull(engine, "engine is null");
        requireNonNull(orderBy, "orderBy is null");
        requireNonNull(partitionBy, "partitionBy is null");
        requireNonNull(ttl, "ttl is null");
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        hidden = List.copyOf(hidden);
        rules = List.copyOf(rules);
        requireNonNull(where, "where is null");
        requireNonNull(rowId, "rowId is null");
        requireNonNull(guard, "guard is null");
    }

    public TableOptions(
            LoadMode mode,
            List<String> key,
            String engine,
            String orderBy,
            String partitionBy,
            String ttl,
            Map<String, String> settings,
            Map<String, ColumnOptions> columns) {
        this(mode, key, engine, orderBy, partitionBy, ttl, settings, columns, List.of());
    }

    public TableOptions(
            LoadMode mode,
            List<String> key,
            String engine,
            String orderBy,
            String partitionBy,
            String ttl,
            Map<String, String> settings,
            Map<String, ColumnOptions> columns,
            List<String> hidden) {
        this(
                mode,
                key,
                engine,
                orderBy,
                partitionBy,
                ttl,
                settings,
                columns,
                hidden,
                false,
                List.of(),
                "",
                "",
                Guard.NONE);
    }

    public ColumnOptions column(String name) {
        return columns.getOrDefault(name, ColumnOptions.NONE);
    }
}
