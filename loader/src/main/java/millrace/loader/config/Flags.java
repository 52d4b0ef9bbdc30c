package millrace.loader.config;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a command line says of servers and tables. Empty texts stand for what it leaves to the pipeline file and the
 * environment.
 *
 * @param pipeline a name, looked up in the folder that MILLRACE_PIPELINES names, or the path of a .yml file
 * @param source the URL of a Postgres database
 * @param target the URL of a ClickHouse server, with the database of the raw tables
 * @param tables names and patterns; of the pipeline's tables, when it names a pipeline
 * @param exclude names and patterns of tables to leave out
 */
public record Flags(String pipeline, String source, String target, List<String> tables, List<String> exclude) {
    public Flags {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
        tables = List.copyOf(tables);
        exclude = List.copyOf(exclude);
    }

    /** A pipeline, as its file and the environment describe it. */
    public static Flags pipeline(String pipeline) {
        return new Flags(pipeline, "", "", List.of(), List.of());
    }
}
