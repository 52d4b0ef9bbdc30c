package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

/** What a row of a followed table has to be like for readers to see it. Unknown (NULL) is no violation, as in CHECK. */
public sealed interface Rule {
    /** @param sql of ClickHouse, over the table's columns */
    record Condition(String sql) implements Rule {
        public Condition {
            requireNonNull(sql, "sql is null");
        }
    }

    /**
     * A column's value is one that another table has.
     *
     * @param table of the source
     * @param referenced its column
     */
    record Exists(String column, TableName table, String referenced) implements Rule {
        public Exists {
            requireNonNull(column, "column is null");
            requireNonNull(table, "table is null");
            requireNonNull(referenced, "referenced is null");
        }
    }
}
