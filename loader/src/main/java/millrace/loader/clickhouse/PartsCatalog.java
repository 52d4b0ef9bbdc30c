package millrace.loader.clickhouse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.Contents;
import millrace.loader.plan.Mutation;

/** What ClickHouse keeps about the parts of tables and about changes to them. */
final class PartsCatalog {
    private final Map<TableName, List<String>> parts = new HashMap<>();
    private final Map<TableName, List<Mutation>> mutations = new HashMap<>();

    PartsCatalog(TargetCatalog catalog, Collection<TableName> tables) {
        for (List<String> row : catalog.rows(question(TargetCatalog.among(tables)))) {
            TableName name = new TableName(row.get(1), row.get(2));
            if (row.get(0).equals("parts")) {
                parts.put(name, row);
            } else {
                mutations
                        .computeIfAbsent(name, table -> new ArrayList<>())
                        .add(new Mutation(Long.parseLong(row.get(3)), row.get(4)));
            }
        }
    }

    /** A part that was changed in place has a version beyond its first block. A patch holds new values of some columns only. */
    private static String question(String among) {
        return "SELECT 'parts', database, table, toString(sum(p_rows)), toString(sum(blocks)), toString(sum(all_blocks)),"
                + " toString(max(version)) FROM (SELECT database, table, partition_id,"
                + " sumIf(rows, NOT startsWith(partition_id, 'patch-')) AS p_rows,"
                + " maxIf(max_block_number, rows > 0) AS blocks, max(max_block_number) AS all_blocks,"
                + " max(if(data_version != min_block_number, data_version, 0)) AS version"
                + " FROM system.parts WHERE active AND (database, table) IN " + among
                + " GROUP BY database, table, partition_id) GROUP BY database, table"
                + " UNION ALL SELECT 'mutation', database, table, toString(arrayMax(block_numbers.number)), command, '', ''"
                + " FROM system.mutations WHERE (database, table) IN " + among;
    }

    Contents contents(TableName table, String uuid) {
        List<String> row = parts.get(table);
        return row == null
                ? new Contents(uuid, 0, 0, 0, 0)
                : new Contents(
                        uuid,
                        Long.parseLong(row.get(3)),
                        Long.parseLong(row.get(4)),
                        Long.parseLong(row.get(5)),
                        Long.parseLong(row.get(6)));
    }

    List<Mutation> mutations(TableName table) {
        return mutations.getOrDefault(table, List.of());
    }
}
