package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

/** A table within its schema (Postgres) or database (ClickHouse), spelled as the server spells it. */
public record TableName(String schema, String table) {
    public TableName {
        requireNonNull(schema, "schema is null");
        requireNonNull(table, "table is null");
    }

    /** As a record's own, which is linked when it is first called: a tenth of the time that a small load takes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TableName name && schema.equals(name.schema) && table.equals(name.table);
    }

    @Override
    public int hashCode() {
        return 31 * schema.hashCode() + table.hashCode();
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
