package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A table that the target has already.
 *
 * @param uuid which table it is, whatever its name
 * @param comment all of it
 * @param mark what the comment says of the load that made the table; empty where somebody else did
 * @param partitionKey its expression, empty for none
 * @param sortingKey its expression, empty for none
 * @param primaryKey its expression, empty for none
 * @param definition the statement that would make it
 * @param readers materialized views and the like that are told of its inserts, separated by commas
 * @param contents known only of incremental tables
 * @param mutations known only of incremental tables
 */
public record TargetTable(
        String uuid,
        String engine,
        String comment,
        Optional<TargetMark> mark,
        List<TargetColumn> columns,
        String partitionKey,
        String sortingKey,
        String primaryKey,
        String definition,
        String readers,
        Optional<Contents> contents,
        List<Mutation> mutations) {
    public TargetTable {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(engine, "engine is null");
        requireNonNull(comment, "comment is null");
        requireNonNull(mark, "mark is null");
        columns = List.copyOf(columns);
        requireNonNull(partitionKey, "partitionKey is null");
        requireNonNull(sortingKey, "sortingKey is null");
        requireNonNull(primaryKey, "primaryKey is null");
        requireNonNull(definition, "definition is null");
        requireNonNull(readers, "readers is null");
        requireNonNull(contents, "contents is null");
        mutations = List.copyOf(mutations);
    }

    /** Whether it is of the family of engines that loads make, which keep rows in parts. */
    public boolean keepsParts() {
        return engine.endsWith("MergeTree");
    }

    /** Whether its server may take rows away by itself, all of a part's or some. */
    boolean forgetsRows() {
        return engine.contains("Collapsing") || engine.contains("Graphite") || definition.contains(" TTL ");
    }

    /** Whether merges make fewer rows of many. */
    boolean mergesRows() {
        return !List.of("MergeTree", "ReplicatedMergeTree", "SharedMergeTree").contains(engine);
    }

    public TargetTable with(Contents known, List<Mutation> remembered) {
        return new TargetTable(
                uuid,
                engine,
                comment,
                mark,
                columns,
                partitionKey,
                sortingKey,
                primaryKey,
                definition,
                readers,
                Optional.of(known),
                remembered);
    }

    public Optional<SyncState> state() {
        return mark.flatMap(TargetMark::state);
    }
}
