package millrace.loader.cli;

import java.util.ArrayList;
import java.util.List;
import millrace.loader.config.Configuration;
import millrace.loader.config.Suggestion;
import millrace.loader.config.TableEntry;
import millrace.loader.failure.Failure;
import picocli.CommandLine.Option;

/** What every command asks for. */
final class PipelineOptions {
    @Option(
            names = "--pipeline",
            required = true,
            paramLabel = "NAME",
            description = "A pipeline in the folder that MILLRACE_PIPELINES names, or the path of a .yml file.")
    String pipeline;

    @Option(names = "--json", description = "Print one JSON document on standard output.")
    boolean json;

    Configuration configuration(Console console) {
        return Configuration.read(pipeline, console.environment());
    }

    /** The named tables of the pipeline, by source or target name; all of them when none is named. */
    static List<TableEntry> chosen(Configuration configuration, List<String> names) {
        List<TableEntry> all = configuration.pipeline().tables();
        if (names.isEmpty()) {
            return all;
        }
        List<TableEntry> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(all.stream()
                    .filter(entry -> entry.source().table().equals(name)
                            || entry.target().table().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(configuration, name)));
        }
        return chosen.stream().distinct().toList();
    }

    private static Failure unknown(Configuration configuration, String name) {
        List<String> known = configuration.pipeline().tables().stream()
                .map(entry -> entry.source().table())
                .toList();
        return Failure.configuration(
                "no-such-table",
                "The pipeline has no table \"" + name + "\"; " + Suggestion.among(known, name),
                "Tables are listed in " + configuration.pipeline().file() + ".");
    }
}
