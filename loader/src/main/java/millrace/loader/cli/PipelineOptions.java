package millrace.loader.cli;

import java.util.List;
import millrace.contract.cli.Arguments;
import millrace.loader.config.Flags;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** What every command asks for. */
record PipelineOptions(String pipeline, String source, String target, boolean json) {
    static final Option JSON = Arguments.flag("json", "Print one JSON document on standard output.");

    private static final Option PIPELINE = Arguments.value(
            "pipeline", "NAME", "A pipeline in the folder that MILLRACE_PIPELINES names, or the path of a .yml file.");
    private static final Option SOURCE = Arguments.value(
            "source",
            "URL",
            "The Postgres database: postgresql://user@host:5432/database?sslmode=require. What it leaves out"
                    + " comes from the environment, as the password always does.");
    private static final Option TARGET = Arguments.value(
            "target", "URL", "The ClickHouse server and the database of the tables: https://user@host:8443/raw.");

    static Options options() {
        return new Options()
                .addOption(PIPELINE)
                .addOption(SOURCE)
                .addOption(TARGET)
                .addOption(JSON);
    }

    static PipelineOptions of(Arguments arguments) {
        return new PipelineOptions(
                arguments.text(PIPELINE, ""),
                arguments.text(SOURCE, ""),
                arguments.text(TARGET, ""),
                arguments.has(JSON));
    }

    Flags flags(List<String> tables, List<String> exclude) {
        return new Flags(pipeline, source, target, tables, exclude);
    }
}
