package millrace.webhook.service;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.webhook.config.Settings;
import millrace.webhook.dbt.Arguments;
import millrace.webhook.dbt.ModelGraph;
import millrace.webhook.dbt.ModelGraph.Node;
import millrace.webhook.pipeline.Pipeline;
import millrace.webhook.run.Options;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFilter;
import millrace.webhook.warehouse.Loads;
import millrace.webhook.warehouse.WarehouseFailure;

/**
 * What of a pipeline has to be built since loads have brought rows. Where that is not known for certain, all of it has: after a
 * change of the project, without the manifest of a run, of tables that no load fills.
 */
public final class Changes {
    private static final int RUNS_WITH_MANIFEST = 50;
    private static final int MAX_NAMES = 20;
    private static final Set<String> NOT_OF_THE_PROJECT = Set.of("target", "logs", "__pycache__", ".git");

    private final Settings settings;
    private final Runs runs;
    private final Loads loads;

    public Changes(Settings settings, Runs runs, Loads loads) {
        this.settings = requireNonNull(settings, "settings is null");
        this.runs = requireNonNull(runs, "runs is null");
        this.loads = requireNonNull(loads, "loads is null");
    }

    /**
     * What to run.
     *
     * @param command dbt's arguments
     * @param notes what is left out and why, or why nothing is, a sentence each
     * @param isNothing whether there is nothing to build
     */
    public record Plan(List<String> command, List<String> notes, boolean isNothing) {
        public Plan {
            command = List.copyOf(command);
            notes = List.copyOf(notes);
        }
    }

    /** The plan of a run that is to build what changed. */
    public Plan plan(Pipeline pipeline, Options options, String target) {
        List<String> whole = Arguments.of(options, pipeline.selection());
        try {
            Instant edited = edited(pipeline);
            Optional<Run> parsed = parsed(edited, target);
            if (parsed.isEmpty()) {
                return all(whole, "no run is kept since the dbt project or the pipeline's file has changed");
            }
            ModelGraph graph = ModelGraph.read(manifest(parsed.get()));
            Staleness staleness = new Staleness(
                    graph, new BuiltRuns(runs, target, edited), runs.latest(), loads.marks(), loads.existing());
            return narrowed(pipeline, options, graph, staleness);
        } catch (WarehouseFailure e) {
            return all(whole, "it is not known what loads have brought: " + e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            return all(whole, "the dbt project cannot be looked at: " + e.getMessage());
        }
    }

    private static Plan all(List<String> command, String reason) {
        return new Plan(command, List.of("Nothing is left out: " + reason.replaceFirst("\\.$", "") + "."), false);
    }

    private static Plan narrowed(Pipeline pipeline, Options options, ModelGraph graph, Staleness staleness) {
        Members members = new Members(pipeline.selection());
        Set<String> selectors = new LinkedHashSet<>();
        List<String> left = new ArrayList<>();
        Set<String> tables = new LinkedHashSet<>();
        for (var entry : new TreeMap<>(graph.nodes()).entrySet()) {
            Node node = entry.getValue();
            if (!members.mayHave(node)) {
                continue;
            }
            if (!staleness.isStale(entry.getKey())) {
                left.add(node.name());
                continue;
            }
            selectors.add(node.name());
            for (ModelGraph.Source source : graph.sourcesOf(node)) {
                selectors.add(source.selector());
                tables.add(source.table());
            }
        }
        List<String> notes = new ArrayList<>();
        if (!left.isEmpty()) {
            notes.add((left.size() == 1 ? "1 model is" : left.size() + " models are")
                    + " left out, as no load has brought rows to what they read since they were built: " + names(left)
                    + ".");
        }
        if (selectors.isEmpty()) {
            return new Plan(Arguments.of(options, pipeline.selection()), notes, true);
        }
        return new Plan(Arguments.of(options, pipeline.selection(), List.copyOf(selectors)), notes, false);
    }

    private static String names(Collection<String> names) {
        String first = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        return names.size() > MAX_NAMES ? first + " and " + (names.size() - MAX_NAMES) + " more" : first;
    }

    /** The newest run that was parsed as the project is now. */
    private Optional<Run> parsed(Instant edited, String target) {
        return runs.list(RunFilter.newest(RUNS_WITH_MANIFEST)).stream()
                .filter(run -> run.state().hasEnded() && run.target().equals(target))
                .filter(run -> run.startedAt() != null && run.startedAt().isAfter(edited))
                .filter(run -> Files.exists(manifest(run)))
                .findFirst();
    }

    private Path manifest(Run run) {
        return runs.folder(run.runId()).target().resolve("manifest.json");
    }

    /** When the project, the pipeline's file or dbt itself was changed last. */
    private Instant edited(Pipeline pipeline) throws IOException {
        Instant last = Files.getLastModifiedTime(settings.dbtExecutable()).toInstant();
        last = later(last, settings.pipelines().resolve(pipeline.name() + ".yml"));
        Path project = settings.dbtProject();
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                boolean isOfTheProject = true;
                for (Path part : project.relativize(file)) {
                    isOfTheProject &= !NOT_OF_THE_PROJECT.contains(part.toString());
                }
                // The project's own folder changes when dbt makes the folders that are none of the project.
                if (isOfTheProject && !file.equals(project)) {
                    last = later(last, file);
                }
            }
        }
        return last;
    }

    private static Instant later(Instant last, Path file) throws IOException {
        Instant changed = Files.getLastModifiedTime(file).toInstant();
        return changed.isAfter(last) ? changed : last;
    }
}
