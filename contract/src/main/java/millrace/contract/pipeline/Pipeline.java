package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A pipeline file, as far as the loader needs it.
 *
 * @param file how messages name the file
 * @param sourceEnv prefix of the environment variables that lead to the source
 * @param targetEnv prefix of the environment variables that lead to the target
 * @param schema that of tables whose names do not say it
 * @param database the ClickHouse database of the raw tables
 * @param tables those listed by name
 * @param exclude tables that no pattern is to match
 * @param follow how the source's changes are followed; empty when its tables are loaded
 */
public record Pipeline(
        String name,
        String file,
        String sourceEnv,
        String targetEnv,
        String schema,
        String database,
        List<TableEntry> tables,
        List<PatternEntry> patterns,
        List<TablePattern> exclude,
        Optional<FollowOptions> follow) {
    public Pipeline {
        requireNonNull(name, "name is null");
        requireNonNull(file, "file is null");
        requireNonNull(sourceEnv, "sourceEnv is null");
        requireNonNull(targetEnv, "targetEnv is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(database, "database is null");
        tables = List.copyOf(tables);
        patterns = List.copyOf(patterns);
        exclude = List.copyOf(exclude);
        requireNonNull(follow, "follow is null");
    }
}
