package millrace.loader.clickhouse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.TargetColumn;
import millrace.loader.plan.TargetTable;
import millrace.loader.run.Survey;

/** Asks ClickHouse what it has. */
record TargetCatalog(ClickHouseHttp http, Ddl ddl) {
    /** Engines of databases that exchange a table for another in one step. */
    private static final Set<String> ATOMIC = Set.of("Atomic", "Replicated", "Shared");

    /** One query, as each is a round trip of every load; one more where a table has a state to be held against its parts. */
    Survey survey(String pipeline, Collection<TableName> targets) {
        Map<String, List<List<String>>> rows = new HashMap<>();
        for (List<String> row : rows(question(pipeline, targets))) {
            rows.computeIfAbsent(row.get(0), kind -> new ArrayList<>()).add(row);
        }
        return survey(targets, withContents(tables(rows)), rows);
    }

    private static String question(String pipeline, Collection<TableName> targets) {
        String among = among(targets);
        String databases =
                literals(Stream.concat(targets.stream().map(TableName::schema), Stream.of(Ddl.OWN, Ddl.MODELS)));
        String bases = literals(targets.stream().flatMap(target -> Stream.of(OwnName.base(target), target.toString())));
        return "SELECT 'table', database, name, engine, toString(uuid), partition_key, sorting_key, primary_key, comment,"
                + " create_table_query, arrayStringConcat(arrayMap((d, t) -> concat(d, '.', t), dependencies_database,"
                + " dependencies_table), ', ') FROM system.tables WHERE (database, name) IN " + among
                + " UNION ALL SELECT 'column', database, table, name, type, default_kind, toString(position), '', '', '', ''"
                + " FROM system.columns WHERE (database, table) IN " + among
                + " UNION ALL SELECT 'own', database, name, comment, toString(ifNull(total_rows, 1) = 0 AND metadata_modification_time < now() - INTERVAL 1 DAY), '', '', '', '', '', '' FROM system.tables"
                + " WHERE database = " + Ddl.literal(Ddl.OWN)
                + " AND (replaceRegexpOne(name, '(\\\\.new)?\\\\.[0-9a-f]{8}$', '') IN " + bases
                + " AND match(name, '\\\\.[0-9a-f]{8}$') OR startsWith(name, "
                + Ddl.literal(OwnName.publications(pipeline)) + "))"
                + " UNION ALL SELECT 'database', name, engine, '', '', '', '', '', '', '', '' FROM system.databases"
                + " WHERE name IN " + databases
                + " UNION ALL SELECT 'audit', name, '', '', '', '', '', '', '', '', '' FROM system.columns"
                + " WHERE database = " + Ddl.literal(Ddl.OWN) + " AND table = " + Ddl.literal(Ddl.LOADS.table());
    }

    private static String literals(Stream<String> texts) {
        return texts.distinct().map(Ddl::literal).collect(Collectors.joining(", ", "(", ")"));
    }

    static String among(Collection<TableName> names) {
        return names.stream()
                .map(name -> "(" + Ddl.literal(name.schema()) + ", " + Ddl.literal(name.table()) + ")")
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static Map<TableName, TargetTable> tables(Map<String, List<List<String>>> rows) {
        Map<TableName, List<List<String>>> columns = new HashMap<>();
        for (List<String> row : rows.getOrDefault("column", List.of())) {
            columns.computeIfAbsent(new TableName(row.get(1), row.get(2)), name -> new ArrayList<>())
                    .add(row);
        }
        Map<TableName, TargetTable> tables = new HashMap<>();
        for (List<String> row : rows.getOrDefault("table", List.of())) {
            TableName name = new TableName(row.get(1), row.get(2));
            tables.put(
                    name,
                    new TargetTable(
                            row.get(4),
                            row.get(3),
                            row.get(8),
                            TableComment.read(row.get(8)).mark(),
                            columns(columns.getOrDefault(name, List.of())),
                            row.get(5),
                            row.get(6),
                            row.get(7),
                            row.get(9),
                            row.get(10),
                            Optional.empty(),
                            List.of()));
        }
        return tables;
    }

    private static List<TargetColumn> columns(List<List<String>> rows) {
        List<List<String>> inOrder = new ArrayList<>(rows);
        inOrder.sort((a, b) -> Integer.compare(Integer.parseInt(a.get(6)), Integer.parseInt(b.get(6))));
        List<TargetColumn> columns = new ArrayList<>();
        for (List<String> row : inOrder) {
            columns.add(new TargetColumn(row.get(3), row.get(4), !row.get(5).isEmpty()));
        }
        return columns;
    }

    private Map<TableName, TargetTable> withContents(Map<TableName, TargetTable> tables) {
        Set<TableName> incremental = new LinkedHashSet<>();
        tables.forEach((name, table) -> {
            if (table.state().isPresent() && table.keepsParts()) {
                incremental.add(name);
            }
        });
        if (!incremental.isEmpty()) {
            PartsCatalog parts = new PartsCatalog(this, incremental);
            incremental.forEach(name -> tables.computeIfPresent(
                    name, (same, table) -> table.with(parts.contents(name, table.uuid()), parts.mutations(name))));
        }
        return tables;
    }

    private Survey survey(
            Collection<TableName> targets, Map<TableName, TargetTable> tables, Map<String, List<List<String>>> rows) {
        Map<String, String> engines = new HashMap<>();
        rows.getOrDefault("database", List.of()).forEach(row -> engines.put(row.get(1), row.get(2)));
        Set<String> audit = new LinkedHashSet<>();
        rows.getOrDefault("audit", List.of()).forEach(row -> audit.add(row.get(1)));
        List<TableName> leftOvers = new ArrayList<>();
        List<TableName> replaced = new ArrayList<>();
        List<TableName> publications = new ArrayList<>();
        for (List<String> row : rows.getOrDefault("own", List.of())) {
            TableName name = new TableName(row.get(1), row.get(2));
            Optional<TableName> target = targets.stream()
                    .filter(each -> OwnName.isOf(name.table(), each))
                    .findFirst();
            if (target.isEmpty()) {
                (row.get(4).equals("1") ? leftOvers : publications).add(name);
            } else if (TableComment.isOfTarget(row.get(3), target.get())) {
                leftOvers.add(name);
            } else if (TableComment.read(row.get(3)).mark().isEmpty()) {
                replaced.add(name);
            }
        }
        return new Survey(
                tables,
                missing(targets, engines.keySet(), audit),
                problems(engines),
                leftOvers,
                replaced,
                publications);
    }

    /** Where nothing else is missing, somebody may do without the models' database. */
    private List<String> missing(Collection<TableName> targets, Set<String> databases, Set<String> audit) {
        List<String> missing = new ArrayList<>();
        targets.stream()
                .map(TableName::schema)
                .distinct()
                .filter(name -> !databases.contains(name))
                .forEach(name -> missing.add(ddl.createDatabase(name)));
        if (!databases.contains(Ddl.OWN)) {
            missing.add(ddl.createDatabase(Ddl.OWN));
        }
        if (!missing.isEmpty() && !databases.contains(Ddl.MODELS)) {
            missing.add(ddl.createDatabase(Ddl.MODELS));
        }
        if (audit.isEmpty()) {
            missing.add(ddl.createLoads());
            return missing;
        }
        if (!audit.contains("replaced")) {
            missing.add(ddl.addReplaced());
        }
        if (!audit.contains("table_rows")) {
            missing.add(ddl.addTableRows());
        }
        return missing;
    }

    private static List<String> problems(Map<String, String> engines) {
        List<String> problems = new ArrayList<>();
        engines.forEach((name, engine) -> {
            if (!name.equals(Ddl.MODELS) && !ATOMIC.contains(engine)) {
                problems.add("The database " + name + " is of the engine " + engine
                        + ", which cannot exchange one table for another in one step; Atomic can.");
            }
        });
        return problems;
    }

    Optional<String> highest(TableName table, String column) {
        return rows("SELECT toString(max(" + Ddl.quoted(column) + ")) FROM " + Ddl.quoted(table) + " HAVING count("
                        + Ddl.quoted(column) + ") > 0")
                .stream()
                .map(row -> row.get(0))
                .findFirst();
    }

    List<List<String>> rows(String query) {
        return TabSeparated.rows(http.query(query + " FORMAT TabSeparated"));
    }
}
