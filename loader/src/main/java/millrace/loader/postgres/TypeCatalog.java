package millrace.loader.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.loader.codec.PostgresType;

/** The types of pg_type that some columns use, with those they are made of. */
final class TypeCatalog {
    /** An array type is one that its element type names as its array; typelem alone says so of points and vectors too. */
    private static final String TYPES = """
            WITH RECURSIVE used AS (
              SELECT unnest(?::oid[]) AS oid
              UNION
              SELECT part.oid FROM used JOIN pg_type t ON t.oid = used.oid,
                LATERAL (VALUES (t.typbasetype), (t.typelem)) AS part (oid) WHERE part.oid <> 0)
            SELECT t.oid, t.typname, t.typtype, t.typbasetype, t.typtypmod, t.typndims,
                   t.typnamespace = 'pg_catalog'::regnamespace AS built_in,
                   CASE WHEN e.typarray = t.oid THEN t.typelem ELSE 0 END AS element
            FROM used JOIN pg_type t ON t.oid = used.oid LEFT JOIN pg_type e ON e.oid = t.typelem
            """;

    private record TypeRow(
            String name, char kind, long base, int modifier, int dimensions, boolean builtIn, long element) {}

    private final Map<Long, TypeRow> rows = new HashMap<>();

    private TypeCatalog() {}

    static TypeCatalog read(Connection connection, List<Long> oids) throws SQLException {
        TypeCatalog catalog = new TypeCatalog();
        try (PreparedStatement statement = connection.prepareStatement(TYPES)) {
            statement.setArray(1, connection.createArrayOf("oid", oids.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    catalog.rows.put(
                            row.getLong("oid"),
                            new TypeRow(
                                    row.getString("typname"),
                                    row.getString("typtype").charAt(0),
                                    row.getLong("typbasetype"),
                                    row.getInt("typtypmod"),
                                    row.getInt("typndims"),
                                    row.getBoolean("built_in"),
                                    row.getLong("element")));
                }
            }
        }
        return catalog;
    }

    /** The type of a column. A domain has the modifier of its own definition. */
    PostgresType type(long oid, int modifier, int dimensions) {
        TypeRow row = rows.get(oid);
        if (row.kind() == 'd') {
            return type(row.base(), row.modifier(), row.dimensions());
        }
        Optional<PostgresType> element =
                row.element() == 0 ? Optional.empty() : Optional.of(type(row.element(), modifier, 0));
        return new PostgresType(row.name(), row.builtIn(), row.kind(), modifier, element, dimensions);
    }
}
