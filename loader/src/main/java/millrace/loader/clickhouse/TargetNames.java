package millrace.loader.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.TableSpec;

/** Which names ClickHouse cannot have, and why. All others mean themselves. */
record TargetNames(ClickHouseHttp http) {
    /** Columns that every part of a MergeTree table may have of its own (ClickHouse, MergeTreeVirtualColumns.cpp). */
    private static final Set<String> KEPT = Set.of("_row_exists", "_block_number", "_block_offset");
    /** Columns that such tables seem to have. A table's own are read in their place, but not by DELETE. */
    private static final Set<String> SEEMING = Set.of(
            "_part",
            "_part_index",
            "_part_uuid",
            "_part_offset",
            "_part_starting_offset",
            "_part_granule_offset",
            "_part_data_version",
            "_partition_id",
            "_partition_value",
            "_sample_factor",
            "_disk_name",
            "_distance",
            "_table",
            "_database");
    /** The name of a dropped table's file, database.table.uuid.sql, has 255 bytes at most, and these besides both names. */
    private static final int LONGEST = 255 - "..".length() - 36 - ".sql".length();

    /** Why tables cannot be made, a sentence each; none when they can. */
    List<String> objections(Collection<TableSpec> tables) {
        List<String> objections = new ArrayList<>();
        for (TableSpec table : tables) {
            refuseColumns(table, objections);
            refuseLength(table.target(), objections);
        }
        List<TableSpec> nested = tables.stream().filter(Nesting::isSeenIn).toList();
        if (!nested.isEmpty() && http.query(Nesting.KNOWN).strip().equals("0")) {
            nested.forEach(table -> objections.add(Nesting.sentence(table)));
        }
        return objections;
    }

    private static void refuseColumns(TableSpec table, List<String> objections) {
        table.columns().stream()
                .filter(column -> KEPT.contains(column.name()))
                .forEach(column ->
                        objections.add("ClickHouse keeps the name of column " + column.name() + " of " + table.source()
                                + " for itself in every table: rename it, or load a view that gives it another name."));
        table.mode().increments().ifPresent(incremental -> {
            Stream.concat(table.key().stream(), Stream.of(incremental.cursor()))
                    .distinct()
                    .filter(SEEMING::contains)
                    .forEach(column -> objections.add("Column " + column + " of " + table.source()
                            + " cannot be the key or the cursor of an incremental table: in ClickHouse every table seems"
                            + " to have a column of that name, by which it deletes."));
        });
    }

    private static void refuseLength(TableName target, List<String> objections) {
        int room = LONGEST - lengthInFiles(target.schema());
        int length = lengthInFiles(target.table());
        if (length > room) {
            objections.add("The name of " + target + " is too long: ClickHouse names files by it, in which it takes "
                    + length + " of " + room
                    + " bytes, three for each that is no ASCII letter or digit. Give the table a"
                    + " shorter \"target\".");
        }
    }

    private static int lengthInFiles(String name) {
        int length = 0;
        for (byte b : name.getBytes(UTF_8)) {
            length += b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_' ? 1 : 3;
        }
        return length;
    }
}
