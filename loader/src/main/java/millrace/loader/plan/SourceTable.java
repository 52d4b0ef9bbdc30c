package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import millrace.contract.pipeline.TableName;

/**
 * A table as the source describes it.
 *
 * @param oid its number in Postgres' catalog
 * @param keepsRows whether its rows tell which transaction made them: tables and partitioned tables, not views
 * @param primaryKey the names of its columns in order, empty when there is none
 * @param blocks its size on disk; 0 when it cannot be read in ranges of blocks
 * @param estimatedRows the source's own estimate, -1 when it has none
 */
public record SourceTable(
        long oid,
        TableName name,
        boolean keepsRows,
        List<SourceColumn> columns,
        List<String> primaryKey,
        long blocks,
        long estimatedRows) {
    public SourceTable {
        requireNonNull(name, "name is null");
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }
}
