package millrace.loader.cli;

import java.util.ArrayList;
import java.util.List;
import millrace.loader.config.Configuration;
import millrace.loader.config.Pipeline;
import millrace.loader.config.Problems;
import millrace.loader.config.Selection;
import millrace.loader.config.TableEntry;
import millrace.loader.failure.Failure;
import millrace.loader.run.PlanMaker;
import millrace.loader.run.Snapshot;
import millrace.loader.run.Source;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command asks for that is about tables. */
final class TableFlags {
    @Mixin
    PipelineOptions options;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "This table of the pipeline or, without one, of the source; or a pattern: 'shop.*'. May be"
                    + " repeated.")
    List<String> tables = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "TABLE",
            description = "Not this table, or those of this pattern; may be repeated.")
    List<String> exclude = new ArrayList<>();

    boolean json() {
        return options.json;
    }

    Configuration configuration(Console console, Servers servers) {
        if (options.pipeline.isEmpty() && tables.isEmpty()) {
            throw Failure.configuration(
                    "no-tables-named",
                    "Neither --pipeline nor --table says which tables are meant.",
                    "Try --pipeline NAME, or --table 'public.*'.");
        }
        return Configuration.read(
                options.flags(tables, exclude),
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
