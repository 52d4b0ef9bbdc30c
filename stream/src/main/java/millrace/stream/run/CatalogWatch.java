package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import millrace.contract.pipeline.TableName;
import millrace.stream.sink.FollowedTable;
import millrace.stream.source.SchemaChange;
import millrace.stream.source.SourceDatabase;
import millrace.stream.source.TableShape;

/** Looks again and again for changes of tables that the stream does not tell: rewrites, and what no row has followed yet. */
final class CatalogWatch {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SourceDatabase database;
    private long lookedAt = System.nanoTime();

    CatalogWatch(SourceDatabase database) {
        this.database = requireNonNull(database, "database is null");
    }

    /** What has changed, once a second. */
    List<SchemaChange> look(long now, Collection<FollowedTable> tables) {
        if (now - lookedAt < EVERY_NANOS || tables.isEmpty()) {
            return List.of();
        }
        lookedAt = now;
        Map<TableName, TableShape> shapes = database.shapes(
                tables.stream().map(table -> table.spec().source()).toList());
        List<SchemaChange> changes = new ArrayList<>();
        for (FollowedTable table : tables) {
            TableName source = table.spec().source();
            TableShape shape = shapes.get(source);
            if (shape == null) {
                changes.add(new SchemaChange(source, "it is gone"));
            } else if (!shape.isAs(table.shape().digest())) {
                changes.add(new SchemaChange(source, "its definition, its rows or its publication were written anew"));
            }
        }
        return changes;
    }
}
