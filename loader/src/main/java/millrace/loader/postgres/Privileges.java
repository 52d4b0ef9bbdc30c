package millrace.loader.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;

/** Finds out which privileges the loader's user lacks, once something was denied. */
final class Privileges {
    /** Those that exist, with the columns that may not be read; schemas of which nothing may be used come without. */
    private static final String LACKING = """
            SELECT n.nspname, c.relname, current_user AS role, has_schema_privilege(n.oid, 'USAGE') AS usage,
                   has_table_privilege(c.oid, 'SELECT') AS whole,
                   (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                      AND has_column_privilege(c.oid, a.attnum, 'SELECT')) AS readable,
                   (SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                      AND NOT has_column_privilege(c.oid, a.attnum, 'SELECT')) AS unreadable
            FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS wanted (schema, name, n)
            JOIN pg_namespace n ON n.nspname = wanted.schema
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
            ORDER BY wanted.n
            """;

    private static final int MAX = 5;

    private final List<String> sentences = new ArrayList<>();
    private final List<String> grants = new ArrayList<>();
    private String role = "";

    private Privileges() {}

    /** Why something failed, and what to grant where it was denied. */
    static Failure orElse(PostgresConnection connection, Collection<TableName> tables, String doing, SQLException e) {
        try {
            if (ServerWords.of(e).state().equals("42501")) {
                return failure(connection, tables, doing, e);
            }
        } catch (SQLException unknown) {
            // What failed first says more than why nothing else could be found out.
        }
        return PostgresFailure.running(doing, e);
    }

    /** Says what to grant, or what Postgres said where the user may read the tables themselves. */
    private static Failure failure(
            PostgresConnection connection, Collection<TableName> tables, String doing, SQLException denied)
            throws SQLException {
        connection.begin("READ COMMITTED", "");
        Privileges lacking = new Privileges();
        lacking.look(connection, tables);
        return lacking.sentences.isEmpty()
                ? PostgresFailure.running(doing, denied)
                : Failure.running(
                        "no-privilege",
                        "Postgres denies the user \"" + lacking.role + "\" what the load needs: "
                                + shortened(lacking.sentences, "; ") + ".",
                        "Let an administrator say: " + shortened(lacking.grants, "; ")
                                + ". A member of pg_read_all_data" + " may read all tables. SQLSTATE 42501.",
                        denied);
    }

    private void look(PostgresConnection connection, Collection<TableName> tables) throws SQLException {
        try (PreparedStatement statement = connection.sql().prepareStatement(LACKING)) {
            Object[] schemas = tables.stream().map(TableName::schema).toArray();
            Object[] names = tables.stream().map(TableName::table).toArray();
            statement.setArray(1, connection.sql().createArrayOf("text", schemas));
            statement.setArray(2, connection.sql().createArrayOf("text", names));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    role = row.getString("role");
                    add(row, new TableName(row.getString("nspname"), row.getString("relname")));
                }
            }
        }
    }

    private void add(ResultSet row, TableName table) throws SQLException {
        if (!row.getBoolean("usage")) {
            lacks("USAGE on the schema " + table.schema(), "USAGE ON SCHEMA " + Sql.quoted(table.schema()));
        }
        if (!row.getBoolean("whole")) {
            String unreadable = row.getString("unreadable");
            String columns = unreadable != null && row.getLong("readable") > 0 ? " (columns " + unreadable + ")" : "";
            lacks("SELECT on " + table + columns, "SELECT ON " + Sql.quoted(table));
        }
    }

    private void lacks(String privilege, String granted) {
        String grant = "GRANT " + granted + " TO " + Sql.quoted(role);
        if (!grants.contains(grant)) {
            sentences.add(privilege);
            grants.add(grant);
        }
    }

    private static String shortened(List<String> all, String separator) {
        String shown = String.join(separator, all.subList(0, Math.min(MAX, all.size())));
        return all.size() <= MAX ? shown : shown + separator + "and " + (all.size() - MAX) + " more";
    }
}
