package millrace.stream.sink;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import millrace.contract.pipeline.TableName;

/**
 * What a row has to be like for readers to see it.
 *
 * @param sql a condition of ClickHouse over the columns of the table that keeps the changes; 1 or 0
 * @param otherwise says of a row that is not shown why; a sentence
 * @param view of another table that it looks into
 */
public record ShownIf(String sql, String otherwise, Optional<TableName> view) {
    public ShownIf {
        requireNonNull(sql, "sql is null");
        requireNonNull(otherwise, "otherwise is null");
        requireNonNull(view, "view is null");
    }
}
