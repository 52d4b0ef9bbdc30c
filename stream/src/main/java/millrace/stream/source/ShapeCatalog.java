package millrace.stream.source;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import millrace.contract.pipeline.TableName;
import millrace.stream.protocol.RelationColumn;

/** Reads the shapes of tables from Postgres' catalogs. */
final class ShapeCatalog {
    private static final String TABLES = """
            SELECT c.oid::bigint, coalesce(pg_relation_filenode(c.oid), 0)::text AS file,
                   (SELECT hashtextextended(coalesce(string_agg(a.xmin::text, ' ' ORDER BY a.attnum), ''), 0)::text
                    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS definitions,
                   (SELECT coalesce(string_agg(a.attnum::text, ',' ORDER BY a.attnum), '')
                    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS numbers,
                   (SELECT hashtextextended(coalesce(string_agg(e.oid || ' ' || e.enumlabel, E'\\n' ORDER BY e.oid), ''), 0)::text
                    FROM pg_enum e
                    WHERE e.enumtypid IN (SELECT unnest(ARRAY[t.oid, t.typelem, t.typbasetype])
                                          FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                                          WHERE a.attrelid = c.oid AND a.attnum > 0)) AS labels,
                   (SELECT coalesce(string_agg(hashtextextended(to_jsonb(r)::text, 0)::text, ' '), '')
                    FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
                    WHERE r.prrelid = c.oid AND p.pubname = ?) AS published,
                   n.nspname, c.relname, c.relkind, c.relpersistence, c.relreplident,
                   coalesce(i.indimmediate, true) AS immediate,
                   c.relispartition OR EXISTS (SELECT FROM pg_inherits h WHERE c.oid IN (h.inhparent, h.inhrelid)) AS related,
                   ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
                         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                         WHERE k.place <= i.indnkeyatts ORDER BY k.place) AS key
            FROM unnest(?::text[], ?::text[]) AS wanted (schema, name)
            JOIN pg_namespace n ON n.nspname = wanted.schema
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
            LEFT JOIN pg_index i ON i.indrelid = c.oid
              AND CASE WHEN c.relreplident = 'i' THEN i.indisreplident ELSE i.indisprimary END
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
            """;
    private static final String COLUMNS = """
            SELECT attrelid::bigint, attname, atttypid::bigint, atttypmod, attgenerated <> '' AS generated
            FROM pg_attribute WHERE attrelid = ANY (?::oid[]) AND attnum > 0 AND NOT attisdropped
            ORDER BY attrelid, attnum
            """;

    private final Connection connection;
    private final String publication;

    ShapeCatalog(Connection connection, String publication) {
        this.connection = connection;
        this.publication = publication;
    }

    private static final class Columns {
        private final List<RelationColumn> sent = new ArrayList<>();
        private final List<String> generated = new ArrayList<>();
    }

    /** Those of the tables that exist. */
    Map<TableName, TableShape> shapes(Collection<TableName> tables) throws SQLException {
        Map<TableName, TableShape> shapes = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, publication);
            statement.setArray(2, texts(tables.stream().map(TableName::schema).toList()));
            statement.setArray(3, texts(tables.stream().map(TableName::table).toList()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    TableShape shape = shape(row);
                    shapes.put(shape.name(), shape);
                }
            }
        }
        Map<Long, Columns> columns =
                columns(shapes.values().stream().map(TableShape::oid).toArray());
        shapes.replaceAll((name, shape) -> with(shape, columns.getOrDefault(shape.oid(), new Columns())));
        return shapes;
    }

    private Array texts(List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static TableShape shape(ResultSet row) throws SQLException {
        return new TableShape(
                row.getLong("oid"),
                new TableName(row.getString("nspname"), row.getString("relname")),
                row.getString("relkind").charAt(0),
                row.getString("relpersistence").charAt(0),
                row.getString("relreplident").charAt(0),
                Arrays.asList((String[]) row.getArray("key").getArray()),
                row.getBoolean("immediate"),
                row.getBoolean("related"),
                List.of(),
                List.of(),
                new TableShape.State(
                        row.getString("numbers") + " " + row.getString("labels") + " " + row.getString("published"),
                        row.getString("definitions"),
                        row.getString("file")));
    }

    private static TableShape with(TableShape shape, Columns columns) {
        return new TableShape(
                shape.oid(),
                shape.name(),
                shape.kind(),
                shape.persistence(),
                shape.identity(),
                shape.key(),
                shape.immediate(),
                shape.related(),
                columns.sent,
                columns.generated,
                shape.state());
    }

    private Map<Long, Columns> columns(Object[] oids) throws SQLException {
        Map<Long, Columns> columns = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setArray(1, connection.createArrayOf("oid", oids));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Columns own = columns.computeIfAbsent(row.getLong("attrelid"), oid -> new Columns());
                    if (row.getBoolean("generated")) {
                        own.generated.add(row.getString("attname"));
                    } else {
                        own.sent.add(new RelationColumn(
                                row.getString("attname"), row.getLong("atttypid"), row.getInt("atttypmod")));
                    }
                }
            }
        }
        return columns;
    }
}
