package millrace.loader.config;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A pipeline file, as far as the loader needs it.
 *
 * @param file how messages name the file
 * @param sourceEnv prefix of the environment variables that lead to the source
 * @param targetEnv prefix of the environment variables that lead to the target
 * @param database the ClickHouse database of the raw tables
 */
public record Pipeline(
        String name, String file, String sourceEnv, String targetEnv, String database, List<TableEntry> tables) {
    public Pipeline {
        requireNonNull(name, "name is null");
        requireNonNull(file, "file is null");
        requireNonNull(sourceEnv, "sourceEnv is null");
        requireNonNull(targetEnv, "targetEnv is null");
        requireNonNull(database, "database is null");
        tables = List.copyOf(tables);
    }
}
