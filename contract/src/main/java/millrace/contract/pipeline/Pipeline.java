package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * All that a pipeline file says, with the defaults of what it leaves out.
 *
 * @param file how messages name the file
 * @param description what is shown of it to people
 * @param sourceEnv prefix of the environment variables that lead to the source
 * @param targetEnv prefix of the environment variables that lead to the target
 * @param schema that of tables whose names do not say it
 * @param database the ClickHouse database of the raw tables
 * @param tables those listed by name
 * @param exclude tables that no pattern is to match
 * @param dbt what dbt builds of its tables; empty when nothing
 * @param follow how the source's changes are followed; empty when its tables are loaded
 * @param generate how orders are made in its source; empty when nobody makes them
 * @param alerts what of it is told to others; empty when nothing
 */
public record Pipeline(
        String name,
        String file,
        String description,
        DagOptions dag,
        String sourceEnv,
        String targetEnv,
        String schema,
        String database,
        List<TableEntry> tables,
        List<PatternEntry> patterns,
        List<TablePattern> exclude,
        Optional<DbtOptions> dbt,
        Optional<FollowOptions> follow,
        Optional<GenerateOptions> generate,
        Optional<AlertOptions> alerts) {
    public Pipeline {
        requireNonNull(name, "name is null");
        requireNonNull(file, "file is null");
        requireNonNull(description, "description is null");
        requireNonNull(dag, "dag is null");
        requireNonNull(sourceEnv, "sourceEnv is null");
        requireNonNull(targetEnv, "targetEnv is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(database, "database is null");
        tables = List.copyOf(tables);
        patterns = List.copyOf(patterns);
        exclude = List.copyOf(exclude);
        requireNonNull(dbt, "dbt is null");
        requireNonNull(follow, "follow is null");
        requireNonNull(generate, "generate is null");
        requireNonNull(alerts, "alerts is null");
    }
}
