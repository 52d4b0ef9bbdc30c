package millrace.loader.clickhouse;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import millrace.contract.pipeline.TableOptions;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TargetMark;
import millrace.loader.plan.TargetTable;

/**
 * What somebody has added to a table that a load replaces. The loader itself never declares an index, a projection, a
 * constraint, a column that the server computes or a column's comment, so that these are somebody's and are added again. What
 * a pipeline file may have said earlier (TTL, settings, codecs, partitions) is only told: nothing says whose it was.
 */
final class Additions {
    private static final Set<String> OWN_SETTINGS =
            Set.of("index_granularity", "allow_nullable_key", "min_parts_to_merge_at_once", Nesting.SETTING);
    private static final Set<String> COMPUTED = Set.of("DEFAULT", "MATERIALIZED", "ALIAS", "EPHEMERAL");

    private final String statement;
    private final Definition before;
    private final TablePlan plan;

    private Additions(TargetTable table, TablePlan plan) {
        this.statement = table.definition();
        this.before = Definition.of(table.definition());
        this.plan = plan;
    }

    /**
     * One of them.
     *
     * @param what what it is, for people
     * @param clause what ALTER TABLE adds it by
     * @param fill what ALTER TABLE makes it for rows that are there by, empty where rows need nothing
     */
    record Addition(String what, String clause, String fill) {
        Addition {
            requireNonNull(what, "what is null");
            requireNonNull(clause, "clause is null");
            requireNonNull(fill, "fill is null");
        }
    }

    /** Those of the table whose place a whole new one takes; empty where there is none, where it stays, or where it is kept. */
    private static Optional<Additions> read(TablePlan plan) {
        return plan.before()
                .filter(table -> !plan.extent().keepsRows()
                        && table.keepsParts()
                        && !plan.adopts()
                        && plan.spec().options().hidden().isEmpty())
                .map(table -> new Additions(table, plan));
    }

    /** What is added again. */
    static List<Addition> kept(TablePlan plan) {
        return read(plan).map(Additions::kept).orElse(List.of());
    }

    /** What is not, a sentence each. */
    static List<String> lost(TablePlan plan) {
        return read(plan).map(Additions::lost).orElse(List.of());
    }

    private List<Addition> kept() {
        List<Addition> kept = new ArrayList<>();
        // Indexes and the like may stand on columns that are computed.
        before.elements().forEach(element -> column(element).ifPresent(kept::add));
        before.elements().forEach(element -> part(element).ifPresent(kept::add));
        return kept;
    }

    private Optional<Addition> part(List<Definition.Word> element) {
        String kind = element.get(0).text();
        String name = element.size() > 1 ? element.get(1).text() : "";
        return switch (kind) {
            case "INDEX", "PROJECTION" ->
                Optional.of(new Addition(
                        kind.toLowerCase() + " " + name, "ADD " + text(element), "MATERIALIZE " + kind + " " + name));
            case "CONSTRAINT" -> Optional.of(new Addition("constraint " + name, "ADD " + text(element), ""));
            default -> Optional.empty();
        };
    }

    private Optional<Addition> column(List<Definition.Word> element) {
        String name = element.get(0).text();
        if (isComputed(element)) {
            return isSpecified(name) || isRowId(name)
                    ? Optional.empty()
                    : Optional.of(new Addition("column " + name, "ADD COLUMN " + text(element), ""));
        }
        for (int i = 1; i + 1 < element.size(); i++) {
            if (element.get(i).depth() == 1
                    && element.get(i).is("COMMENT")
                    && element.get(i + 1).isLiteral()
                    && isSpecified(name)) {
                String comment = element.get(i + 1).text();
                return Optional.of(
                        new Addition("comment of column " + name, "COMMENT COLUMN " + name + " " + comment, ""));
            }
        }
        return Optional.empty();
    }

    private static boolean isComputed(List<Definition.Word> element) {
        return element.get(0).text().startsWith("`") && has(element, COMPUTED);
    }

    private static boolean has(List<Definition.Word> element, Set<String> keywords) {
        return element.stream().skip(1).anyMatch(word -> word.depth() == 1 && keywords.contains(word.text()));
    }

    private boolean isSpecified(String quoted) {
        return specified(quoted).isPresent();
    }

    /** Whether it is the loader's own, of this load or of the one before. */
    private boolean isRowId(String quoted) {
        String declared = TargetMark.ROW_ID + TargetMark.quoted(quoted.substring(1, quoted.length() - 1));
        return quoted.equals(Ddl.quoted(plan.spec().options().rowId()))
                || plan.before().flatMap(TargetTable::mark).stream()
                        .flatMap(mark -> mark.declared().stream())
                        .anyMatch(declared::equals);
    }

    private Optional<ColumnSpec> specified(String quoted) {
        return plan.spec().columns().stream()
                .filter(column -> Ddl.quoted(column.name()).equals(quoted))
                .findFirst();
    }

    private String text(List<Definition.Word> words) {
        return statement.substring(
                words.get(0).from(), words.get(words.size() - 1).end());
    }

    private List<String> lost() {
        List<String> lost = new ArrayList<>();
        for (List<Definition.Word> element : before.elements()) {
            String name = element.get(0).text();
            specified(name).ifPresent(column -> lostOf(column, name, element, lost));
        }
        TableOptions options = plan.spec().options();
        clause("TTL")
                .filter(ttl -> options.ttl().isEmpty())
                .ifPresent(ttl -> lost.add(gone("TTL", ttl, "ttl: " + ttl)));
        clause("PARTITION")
                .filter(partition -> options.partitionBy().isEmpty())
                .ifPresent(partition ->
                        lost.add(gone("partition key", partition.replaceFirst("^BY ", ""), "partition_by")));
        settings(options, lost);
        return lost;
    }

    private static void lostOf(ColumnSpec column, String name, List<Definition.Word> element, List<String> lost) {
        if (isComputed(element)) {
            lost.add("the default expression of column " + name + ", which the source fills, is gone");
        }
        if (has(element, Set.of("TTL"))) {
            lost.add("the TTL of column " + name + " is gone");
        }
        if (has(element, Set.of("STATISTICS"))) {
            lost.add("the statistics of column " + name + " are gone");
        }
        if (has(element, Set.of("CODEC")) && column.compression().isEmpty()) {
            lost.add("the codec of column " + name + " is gone: give the column a \"codec\" in the pipeline file");
        }
    }

    private static String gone(String what, String text, String key) {
        return "its " + what + " " + text + " is gone: say it in the pipeline file, " + key;
    }

    private void settings(TableOptions options, List<String> lost) {
        clause("SETTINGS").ifPresent(text -> {
            String foreign = java.util.Arrays.stream(text.split(", "))
                    .filter(setting -> !OWN_SETTINGS.contains(setting.split(" = ")[0])
                            && !options.settings().containsKey(setting.split(" = ")[0]))
                    .collect(Collectors.joining(", "));
            if (!foreign.isEmpty()) {
                lost.add(gone("setting", foreign, "settings"));
            }
        });
    }

    /** The text of a clause behind the columns, up to the next one. */
    private Optional<String> clause(String keyword) {
        Set<String> next = Set.of("ORDER", "PRIMARY", "PARTITION", "SAMPLE", "TTL", "SETTINGS", "COMMENT");
        List<Definition.Word> clauses = before.clauses();
        for (int i = 0; i + 1 < clauses.size(); i++) {
            if (clauses.get(i).depth() == 0 && clauses.get(i).is(keyword)) {
                int end = i + 1;
                while (end < clauses.size()
                        && !(clauses.get(end).depth() == 0
                                && next.contains(clauses.get(end).text()))) {
                    end++;
                }
                return end == i + 1 ? Optional.empty() : Optional.of(text(clauses.subList(i + 1, end)));
            }
        }
        return Optional.empty();
    }
}
