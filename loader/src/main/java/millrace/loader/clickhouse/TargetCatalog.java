package millrace.loader.clickhouse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TargetColumn;
import millrace.loader.plan.TargetTable;

/** Asks ClickHouse which tables it has. */
record TargetCatalog(ClickHouseHttp http) {
    /** Those of the tables that exist. */
    Map<TableName, TargetTable> tables(Collection<TableName> names) {
        String among = names.stream().map(TargetCatalog::pair).collect(Collectors.joining(", ", "(", ")"));
        Map<TableName, List<TargetColumn>> columns = new HashMap<>();
        for (List<String> row :
                rows("SELECT database, table, name, type FROM system.columns WHERE (database, table) IN " + among
                        + " ORDER BY database, table, position")) {
            columns.computeIfAbsent(new TableName(row.get(0), row.get(1)), name -> new ArrayList<>())
                    .add(new TargetColumn(row.get(2), row.get(3)));
        }
        Map<TableName, TargetTable> tables = new HashMap<>();
        for (List<String> row : rows("SELECT database, name, partition_key, sorting_key, primary_key, comment"
                + " FROM system.tables WHERE (database, name) IN " + among)) {
            TableName name = new TableName(row.get(0), row.get(1));
            tables.put(
                    name,
                    new TargetTable(
                            columns.getOrDefault(name, List.of()),
                            row.get(2),
                            row.get(3),
                            row.get(4),
                            TableComment.state(row.get(5))));
        }
        return tables;
    }

    private static String pair(TableName name) {
        return "(" + Ddl.literal(name.schema()) + ", " + Ddl.literal(name.table()) + ")";
    }

    /** Tables that runs of these targets have left in the loader's own database. */
    List<TableName> leftOvers(Collection<TableName> targets) {
        String beginnings = targets.stream()
                .map(target -> Ddl.literal(target.toString()))
                .collect(Collectors.joining(", ", "(", ")"));
        return rows("SELECT name FROM system.tables WHERE database = " + Ddl.literal(Ddl.OWN)
                        + " AND replaceRegexpOne(name, '(\\\\.new)?\\\\.[0-9a-f]{8}$', '') IN " + beginnings
                        + " AND match(name, '\\\\.[0-9a-f]{8}$')")
                .stream()
                .map(row -> new TableName(Ddl.OWN, row.get(0)))
                .toList();
    }

    Optional<String> highest(TableName table, String column) {
        return rows("SELECT toString(max(" + Ddl.quoted(column) + ")) FROM " + Ddl.quoted(table) + " HAVING count("
                        + Ddl.quoted(column) + ") > 0")
                .stream()
                .map(row -> row.get(0))
                .findFirst();
    }

    /** Fields are separated by characters that no name, type or expression holds. */
    private List<List<String>> rows(String query) {
        String answer = http.query(query + " FORMAT CustomSeparated SETTINGS format_custom_escaping_rule = 'Raw',"
                + " format_custom_field_delimiter = '\u001f', format_custom_row_after_delimiter = '\u001e'");
        return answer.isEmpty()
                ? List.of()
                : java.util.Arrays.stream(answer.split("\u001e"))
                        .map(row -> List.of(row.split("\u001f", -1)))
                        .toList();
    }
}
