package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

/** A table within its schema (Postgres) or database (ClickHouse), spelled as the server spells it. */
public record TableName(String schema, String table) {
    public TableName {
        requireNonNull(schema, "schema is null");
        requireNonNull(table, "table is null");
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
