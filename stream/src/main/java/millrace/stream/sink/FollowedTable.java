package millrace.stream.sink;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.contract.pipeline.ColumnOptions;
import millrace.contract.pipeline.LoadMode;
import millrace.contract.pipeline.OnRefusal;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.contract.pipeline.TableOptions;
import millrace.loader.codec.BlockColumn;
import millrace.loader.codec.PostgresType;
import millrace.loader.codec.TimeLimits;
import millrace.loader.codec.TypeMappings;
import millrace.loader.codec.TypeOverrides;
import millrace.loader.codec.VersionCodec;
import millrace.loader.plan.TableSpec;
import millrace.stream.protocol.RelationColumn;
import millrace.stream.source.TableShape;

/**
 * A table whose changes are followed.
 *
 * @param shape that of the source
 * @param view where readers see the source's rows
 * @param spec how rows travel; its target is the table that keeps the changes
 * @param conditions for rows to be shown to readers
 */
public record FollowedTable(TableShape shape, TableName view, TableSpec spec, List<ShownIf> conditions) {
    /** Rows are on the disk, not only in the server's memory, before the source is told that it may forget them. */
    private static final Map<String, String> DURABLE = Map.of("fsync_after_insert", "1", "fsync_part_directory", "1");

    private static final ColumnOptions QUARANTINED = new ColumnOptions("", OnRefusal.QUARANTINE, "", 0);

    private static final PostgresType BOOLEAN = PostgresType.builtIn("bool", -1);
    private static final PostgresType SMALLINT = PostgresType.builtIn("int2", -1);
    private static final PostgresType MOMENT = PostgresType.builtIn("timestamptz", -1);

    public FollowedTable {
        requireNonNull(shape, "shape is null");
        requireNonNull(view, "view is null");
        requireNonNull(spec, "spec is null");
        conditions = List.copyOf(conditions);
    }

    /** The entry of a table as it is copied: into the table that keeps its changes. */
    public static TableEntry copied(TableEntry entry, TableShape shape, String database) {
        TableOptions own = entry.options();
        Map<String, String> settings = new LinkedHashMap<>(own.settings());
        DURABLE.forEach(settings::putIfAbsent);
        TableOptions options = new TableOptions(
                new LoadMode.Full(),
                shape.isKeyed() ? shape.key() : List.of(),
                shape.isKeyed() ? "ReplacingMergeTree(_version, _is_deleted)" : "ReplacingMergeTree(_version)",
                shape.isKeyed() ? "" : "_row, _version",
                "",
                "",
                settings,
                columns(own, shape),
                Hidden.definitions(shape));
        return new TableEntry(
                entry.source(), new TableName(database, entry.target().table()), options, entry.line());
    }

    /** A value that does not fit keeps its row from readers, unless the pipeline file says otherwise. */
    private static Map<String, ColumnOptions> columns(TableOptions own, TableShape shape) {
        Map<String, ColumnOptions> columns = new LinkedHashMap<>(own.columns());
        for (RelationColumn column : shape.columns()) {
            if (!shape.isKeyed() || !shape.key().contains(column.name())) {
                columns.putIfAbsent(column.name(), QUARANTINED);
            }
        }
        return columns;
    }

    /** Whether some rows may be kept from readers. */
    public boolean hidesRows() {
        return spec.quarantines() || !conditions.isEmpty();
    }

    /** Whether its view looks into that of another table. */
    public boolean refers() {
        return conditions.stream().anyMatch(condition -> condition.view().isPresent());
    }

    /** Whether its view looks into that of this table. */
    public boolean looksInto(FollowedTable other) {
        return conditions.stream()
                .anyMatch(condition ->
                        condition.view().filter(other.view()::equals).isPresent());
    }

    /** The same with another table that keeps the changes. */
    public FollowedTable into(TableName storage) {
        return new FollowedTable(
                shape,
                view,
                new TableSpec(spec.source(), storage, spec.columns(), spec.key(), spec.options()),
                conditions);
    }

    /** A table that is copied anew is another one, and every change looks for its table. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    public boolean isKeyed() {
        return shape.isKeyed();
    }

    /** The table that keeps the changes. */
    public TableName storage() {
        return spec.target();
    }

    /** Where the columns of the key stand. */
    public int[] keyPositions() {
        return spec.keyPositions().stream().mapToInt(Integer::intValue).toArray();
    }

    /** For each column of the stream its place among those of the table. */
    public int[] places() {
        List<String> names =
                spec.columns().stream().map(column -> column.name()).toList();
        return shape.columns().stream()
                .mapToInt(column -> names.indexOf(column.name()))
                .toArray();
    }

    /** What a block of changes has: the columns of the source, then the hidden ones. */
    public List<BlockColumn> blockColumns(TimeLimits limits) {
        TypeMappings types = new TypeMappings(limits, 2);
        List<BlockColumn> columns = new ArrayList<>(spec.targetColumns());
        columns.add(new BlockColumn(Hidden.VERSION, new VersionCodec(), false));
        columns.add(
                isKeyed()
                        ? chosen(types, Hidden.DELETED, BOOLEAN, "UInt8")
                        : chosen(types, Hidden.SIGN, SMALLINT, "Int8"));
        columns.add(new BlockColumn(Hidden.TIME, types.of(MOMENT).codec(), false));
        return columns;
    }

    private static BlockColumn chosen(TypeMappings types, String name, PostgresType type, String target) {
        return new BlockColumn(
                name, new TypeOverrides(types).of(type, target).orElseThrow().codec(), false);
    }

    /** The number of a column's type in Postgres, where its values must be asked for as text. */
    Optional<Long> typeAskedFor(int position) {
        if (!spec.columns().get(position).mapping().asText()) {
            return Optional.empty();
        }
        String name = spec.columns().get(position).name();
        return shape.columns().stream()
                .filter(column -> column.name().equals(name))
                .map(column -> column.type())
                .findFirst();
    }
}
