package millrace.loader.cli;

import java.util.List;
import millrace.loader.config.Flags;
import picocli.CommandLine.Option;

/** What every command asks for. */
final class PipelineOptions {
    @Option(
            names = "--pipeline",
            defaultValue = "",
            paramLabel = "NAME",
            description = "A pipeline in the folder that MILLRACE_PIPELINES names, or the path of a .yml file.")
    String pipeline;

    @Option(
            names = "--source",
            defaultValue = "",
            paramLabel = "URL",
            description =
                    "The Postgres database: postgresql://user@host:5432/database?sslmode=require. What it leaves out"
                            + " comes from the environment, as the password always does.")
    String source;

    @Option(
            names = "--target",
            defaultValue = "",
            paramLabel = "URL",
            description = "The ClickHouse server and the database of the tables: https://user@host:8443/raw.")
    String target;

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    boolean json;

    Flags flags(List<String> tables, List<String> exclude) {
        return new Flags(pipeline, source, target, tables, exclude);
    }
}
