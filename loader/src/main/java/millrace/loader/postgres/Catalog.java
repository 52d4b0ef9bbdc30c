package millrace.loader.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.SourceColumn;
import millrace.loader.plan.SourceTable;

/** Reads from Postgres' catalogs what tables look like. */
final class Catalog {
    private static final String RELATIONS = """
            SELECT c.oid, n.nspname, c.relname, c.relkind,
                   CASE WHEN current_setting('server_version_num')::int >= 140000 THEN (
                     WITH RECURSIVE tree AS (
                       SELECT c.oid
                       UNION ALL
                       SELECT i.inhrelid FROM pg_inherits i JOIN tree ON i.inhparent = tree.oid)
                     SELECT CASE WHEN bool_and(m.relkind = 'p' OR m.relkind IN ('r', 'm') AND a.amname = 'heap')
                            THEN max(pg_relation_size(m.oid)) / current_setting('block_size')::int END
                     FROM tree JOIN pg_class m ON m.oid = tree.oid LEFT JOIN pg_am a ON a.oid = m.relam) END AS blocks,
                   c.reltuples::bigint AS estimate
            FROM unnest(?::text[], ?::text[]) AS wanted (schema, name)
            JOIN pg_namespace n ON n.nspname = wanted.schema
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
            """;
    private static final String COLUMNS = """
            SELECT a.attrelid, a.attname, a.attnotnull, format_type(a.atttypid, a.atttypmod) AS type_name,
                   a.atttypid, a.atttypmod, a.attndims, a.atthasdef OR a.atthasmissing AS has_default,
                   (SELECT k.position FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (attnum, position)
                    WHERE i.indrelid = a.attrelid AND i.indisprimary AND k.attnum = a.attnum) AS key_position
            FROM pg_attribute a
            WHERE a.attrelid = ANY (?::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attrelid, a.attnum
            """;
    private static final String TABLE_NAMES = """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            """;
    /** Partitions are read with their parents; a view is loaded only when somebody says so. */
    private static final String TABLES = """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            ORDER BY n.nspname, c.relname
            """;

    private final Connection connection;

    Catalog(Connection connection) {
        this.connection = connection;
    }

    /** A table, a view or the like, before its columns are known. */
    record Relation(long oid, TableName name, char kind, long blocks, long estimatedRows) {
        boolean canBeLocked() {
            return keepsRows() || kind == 'v';
        }

        boolean keepsRows() {
            return kind == 'r' || kind == 'p';
        }
    }

    /** Those of the tables that exist. */
    List<Relation> relations(Collection<TableName> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELATIONS)) {
            statement.setArray(
                    1, textArray(tables.stream().map(TableName::schema).toArray()));
            statement.setArray(
                    2, textArray(tables.stream().map(TableName::table).toArray()));
            List<Relation> relations = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    relations.add(new Relation(
                            rows.getLong("oid"),
                            new TableName(rows.getString("nspname"), rows.getString("relname")),
                            rows.getString("relkind").charAt(0),
                            rows.getLong("blocks"),
                            rows.getLong("estimate")));
                }
            }
            return relations;
        }
    }

    private java.sql.Array textArray(Object[] values) throws SQLException {
        return connection.createArrayOf("text", values);
    }

    /** The relations with their columns and primary keys. */
    Map<TableName, SourceTable> describe(List<Relation> relations) throws SQLException {
        Map<Long, List<ColumnRow>> columns = columns(relations);
        TypeCatalog types = TypeCatalog.read(
                connection,
                columns.values().stream()
                        .flatMap(List::stream)
                        .map(ColumnRow::typeOid)
                        .distinct()
                        .toList());
        Map<TableName, SourceTable> tables = new LinkedHashMap<>();
        for (Relation relation : relations) {
            List<ColumnRow> own = columns.getOrDefault(relation.oid(), List.of());
            tables.put(
                    relation.name(),
                    new SourceTable(
                            relation.oid(),
                            relation.name(),
                            relation.keepsRows(),
                            own.stream().map(column -> column.described(types)).toList(),
                            primaryKey(own),
                            relation.blocks(),
                            relation.estimatedRows()));
        }
        return tables;
    }

    private record ColumnRow(
            String name,
            boolean notNull,
            String typeName,
            long typeOid,
            int modifier,
            int dimensions,
            boolean hasDefault,
            int keyPosition) {
        SourceColumn described(TypeCatalog types) {
            return new SourceColumn(name, typeName, types.type(typeOid, modifier, dimensions), notNull, hasDefault);
        }
    }

    private Map<Long, List<ColumnRow>> columns(List<Relation> relations) throws SQLException {
        Object[] oids = relations.stream().map(Relation::oid).toArray();
        Map<Long, List<ColumnRow>> columns = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setArray(1, connection.createArrayOf("oid", oids));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.computeIfAbsent(row.getLong("attrelid"), oid -> new ArrayList<>())
                            .add(new ColumnRow(
                                    row.getString("attname"),
                                    row.getBoolean("attnotnull"),
                                    row.getString("type_name"),
                                    row.getLong("atttypid"),
                                    row.getInt("atttypmod"),
                                    row.getInt("attndims"),
                                    row.getBoolean("has_default"),
                                    row.getInt("key_position")));
                }
            }
        }
        return columns;
    }

    private static List<String> primaryKey(List<ColumnRow> columns) {
        Map<Integer, String> byPosition = new TreeMap<>();
        for (ColumnRow column : columns) {
            if (column.keyPosition() > 0) {
                byPosition.put(column.keyPosition(), column.name());
            }
        }
        return List.copyOf(byPosition.values());
    }

    /** The tables of all schemas but the system's. */
    List<TableName> tables() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            List<TableName> tables = new ArrayList<>();
            while (rows.next()) {
                tables.add(new TableName(rows.getString(1), rows.getString(2)));
            }
            return tables;
        }
    }

    List<String> tableNames(String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TABLE_NAMES)) {
            statement.setString(1, schema);
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }
}
