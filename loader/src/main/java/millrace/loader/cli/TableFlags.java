package millrace.loader.cli;

import java.util.List;
import millrace.contract.cli.Arguments;
import millrace.contract.failure.Failure;
import millrace.contract.failure.Problems;
import millrace.contract.pipeline.Pipeline;
import millrace.contract.pipeline.TableEntry;
import millrace.loader.config.Configuration;
import millrace.loader.config.Flags;
import millrace.loader.config.Selection;
import millrace.loader.run.PlanMaker;
import millrace.loader.run.Snapshot;
import millrace.loader.run.Source;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** What every command asks for that is about tables. */
record TableFlags(PipelineOptions options, List<String> tables, List<String> exclude) {
    private static final Option TABLE = Arguments.value(
            "table",
            "TABLE",
            "This table of the pipeline or, without one, of the source; or a pattern: 'shop.*'. May be repeated.");
    private static final Option EXCLUDE =
            Arguments.value("exclude", "TABLE", "Not this table, or those of this pattern; may be repeated.");

    /** Those of the pipeline are among them. */
    static Options allOptions() {
        return PipelineOptions.options().addOption(TABLE).addOption(EXCLUDE);
    }

    static TableFlags of(Arguments arguments) {
        return new TableFlags(PipelineOptions.of(arguments), arguments.all(TABLE), arguments.all(EXCLUDE));
    }

    Flags flags() {
        return options.flags(tables, exclude);
    }

    boolean json() {
        return options.json();
    }

    Configuration configuration(Console console, Servers servers) {
        if (options.pipeline().isEmpty() && tables.isEmpty()) {
            throw Failure.configuration(
                    "no-tables-named",
                    "Neither --pipeline nor --table says which tables are meant.",
                    "Try --pipeline NAME, or --table 'public.*'.");
        }
        return Configuration.read(
                flags(),
                console.environment(),
                (pipeline, settings, problems) ->
                        addMissing(pipeline, servers.source().apply(settings), problems));
    }

    private static void addMissing(Pipeline pipeline, Source source, Problems problems) {
        List<TableEntry> named = pipeline.tables().stream()
                .filter(entry -> !entry.source().table().isEmpty())
                .toList();
        if (named.isEmpty()) {
            return;
        }
        try (Snapshot snapshot =
                source.open(named.stream().map(TableEntry::source).toList())) {
            PlanMaker.addMissing(named, snapshot, problems);
        } catch (Failure unanswered) {
            // What is wrong with the file is said all the same.
        }
    }

    /** The tables that are meant. The source is asked only when a pattern has to be matched. */
    static List<TableEntry> chosen(Configuration configuration, Source source) {
        Selection selection = configuration.selection();
        return selection.of(selection.needsCatalog() ? source.tables() : List.of());
    }
}
