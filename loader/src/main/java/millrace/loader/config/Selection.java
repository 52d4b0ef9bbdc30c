package millrace.loader.config;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.contract.failure.Failure;
import millrace.contract.failure.Problems;
import millrace.contract.failure.Suggestion;
import millrace.contract.pipeline.PatternEntry;
import millrace.contract.pipeline.Pipeline;
import millrace.contract.pipeline.Spelling;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.contract.pipeline.TablePattern;

/**
 * The tables that a command is for.
 *
 * @param names of the pipeline's tables, or its patterns; all of them when empty
 * @param exclude tables to leave out, however the pipeline lists them
 */
public record Selection(Pipeline pipeline, List<String> names, List<TablePattern> exclude) {
    public Selection {
        requireNonNull(pipeline, "pipeline is null");
        names = List.copyOf(names);
        exclude = List.copyOf(exclude);
    }

    /** Whether only the source knows which tables are meant. */
    public boolean needsCatalog() {
        return !pipeline.patterns().isEmpty()
                && (names.isEmpty()
                        || names.stream().anyMatch(name -> listed(name).isEmpty()));
    }

    /**
     * Finds the tables.
     *
     * @param existing the tables of the source; none are needed unless {@link #needsCatalog}
     * @throws Failure with every pattern without a table, and all tables that would have the same target
     */
    public List<TableEntry> of(List<TableName> existing) {
        Search search = new Search(existing, new Problems(pipeline.file()));
        List<TableEntry> all = new ArrayList<>();
        if (names.isEmpty()) {
            all.addAll(pipeline.tables());
            pipeline.patterns().forEach(pattern -> all.addAll(search.needed(pattern)));
        }
        names.forEach(name -> all.addAll(search.named(name)));
        all.removeIf(entry -> exclude.stream().anyMatch(pattern -> pattern.matches(entry.source())));
        Collection<TableEntry> found = each(all);
        search.refuseSameTargets(found);
        if (found.isEmpty() && search.problems.found().isEmpty()) {
            search.problems.add(0, "No table is left: all are excluded.");
        }
        search.problems.refuse();
        return List.copyOf(found);
    }

    /** Each table once, however often it was named. */
    private static Collection<TableEntry> each(List<TableEntry> all) {
        Map<List<TableName>, TableEntry> each = new LinkedHashMap<>();
        all.forEach(entry -> each.putIfAbsent(List.of(entry.source(), entry.target()), entry));
        return each.values();
    }

    /** The tables that the pipeline lists by this name; none where it lists a pattern of this text. */
    private List<TableEntry> listed(String name) {
        if (pipeline.patterns().stream()
                .anyMatch(entry -> entry.pattern().text().equals(name))) {
            return List.of();
        }
        TablePattern pattern = TablePattern.parse(name, pipeline.schema());
        if (name.startsWith("\"") && pattern.isName()) {
            List<TableEntry> exact = those(entry -> entry.source().equals(pattern.name()));
            if (!exact.isEmpty()) {
                return exact;
            }
        }
        TableName own = new TableName(pipeline.schema(), name);
        List<TableEntry> ofTheSchema = those(entry -> entry.source().equals(own));
        return ofTheSchema.isEmpty() ? one(name, those(entry -> isCalled(entry, name))) : ofTheSchema.subList(0, 1);
    }

    private List<TableEntry> those(Predicate<TableEntry> wanted) {
        return pipeline.tables().stream().filter(wanted).toList();
    }

    /** A name alone must not mean two tables. */
    private List<TableEntry> one(String name, List<TableEntry> found) {
        List<TableName> sources =
                found.stream().map(TableEntry::source).distinct().toList();
        if (sources.size() > 1) {
            throw Failure.configuration(
                    "ambiguous-table",
                    "The pipeline has more than one table that \"" + name + "\" may mean: "
                            + sources.stream().map(this::typed).collect(Collectors.joining(", ")) + ".",
                    "Say which, with --table as above.");
        }
        return found.stream().limit(1).toList();
    }

    private String typed(TableName table) {
        return Spelling.onCommandLine(table, pipeline.schema());
    }

    private static boolean isCalled(TableEntry entry, String name) {
        return entry.source().table().equals(name)
                || entry.target().table().equals(name)
                || entry.source().toString().equals(name);
    }

    private final class Search {
        private final List<TableName> existing;
        private final Problems problems;
        private final Map<TableName, PatternEntry> first = new HashMap<>();

        Search(List<TableName> existing, Problems problems) {
            this.existing = existing;
            this.problems = problems;
            Set<TableName> listed = new LinkedHashSet<>();
            pipeline.tables().forEach(entry -> listed.add(entry.source()));
            for (PatternEntry entry : pipeline.patterns()) {
                existing.stream()
                        .filter(name -> entry.pattern().matches(name) && !listed.contains(name))
                        .filter(name -> pipeline.exclude().stream().noneMatch(excluded -> excluded.matches(name)))
                        .forEach(name -> first.putIfAbsent(name, entry));
            }
        }

        /** The tables that match no pattern before this one. */
        private List<TableEntry> matching(PatternEntry pattern) {
            return existing.stream()
                    .filter(name -> first.get(name) == pattern)
                    .map(pattern::entry)
                    .toList();
        }

        List<TableEntry> needed(PatternEntry pattern) {
            List<TableEntry> found = matching(pattern);
            if (found.isEmpty()) {
                String rest = existing.stream().anyMatch(pattern.pattern()::matches)
                        ? " that is neither excluded nor listed before."
                        : "; views and partitions are not matched.";
                problems.add(
                        pattern.line(),
                        "Postgres has no table like \"" + pattern.pattern().text() + "\"" + rest);
            }
            return found;
        }

        List<TableEntry> named(String name) {
            List<TableEntry> listed = listed(name);
            if (!listed.isEmpty()) {
                return listed;
            }
            List<PatternEntry> patterns = pipeline.patterns().stream()
                    .filter(entry -> entry.pattern().text().equals(name))
                    .toList();
            if (!patterns.isEmpty()) {
                return patterns.stream()
                        .flatMap(entry -> needed(entry).stream())
                        .toList();
            }
            TablePattern pattern = TablePattern.parse(name, pipeline.schema());
            List<TableEntry> found = Stream.concat(
                            pipeline.tables().stream(),
                            pipeline.patterns().stream().flatMap(entry -> matching(entry).stream()))
                    .filter(entry -> isCalled(entry, name) || pattern.matches(entry.source()))
                    .toList();
            if (found.isEmpty()) {
                throw unknown(name);
            }
            return found;
        }

        private Failure unknown(String name) {
            List<TableName> known = Stream.concat(
                            pipeline.tables().stream().map(TableEntry::source), first.keySet().stream())
                    .toList();
            return Failure.configuration(
                    "no-such-table",
                    "The pipeline has no table \"" + name + "\"; "
                            + Suggestion.among(known, name, TableName::table, Selection.this::typed),
                    "Tables are listed in " + pipeline.file() + ".");
        }

        void refuseSameTargets(Collection<TableEntry> found) {
            Map<TableName, TableEntry> targets = new HashMap<>();
            for (TableEntry entry : found) {
                TableEntry before = targets.putIfAbsent(entry.target(), entry);
                if (before != null) {
                    problems.add(
                            entry.line(),
                            "Both " + before.source() + " and " + entry.source() + " would be loaded to "
                                    + entry.target() + "; a pattern may have a target such as \"{schema}_{table}\".");
                }
            }
        }
    }
}
