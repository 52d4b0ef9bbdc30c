package millrace.stream.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.Rule;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.clickhouse.Ddl;
import millrace.loader.plan.TableSpec;
import millrace.stream.sink.ShownIf;
import millrace.stream.source.Obstacle;

/** Makes conditions of the rules that the pipeline file has for its tables. */
final class Conditions {
    private final Map<TableName, TableEntry> entries;

    Conditions(List<TableEntry> entries) {
        this.entries = entries.stream().collect(Collectors.toMap(TableEntry::source, Function.identity()));
    }

    /** @throws Failure when a rule names what is not there */
    List<ShownIf> of(TableEntry entry) {
        return entry.options().rules().stream()
                .map(rule -> condition(entry, rule))
                .toList();
    }

    private ShownIf condition(TableEntry entry, Rule rule) {
        if (rule instanceof Rule.Exists exists) {
            TableEntry other = entries.get(exists.table());
            if (other == null) {
                throw Failure.configuration(
                        "rule-refused",
                        unknown(entry, exists).sentence(),
                        "List it among the tables, or change the rule.");
            }
            String column = Ddl.quoted(exists.column());
            return new ShownIf(
                    "(" + column + " IS NULL OR " + column + " IN (SELECT " + Ddl.quoted(exists.referenced()) + " FROM "
                            + Ddl.quoted(other.target()) + "))",
                    exists.column() + " is not in " + exists.table() + "." + exists.referenced(),
                    Optional.of(other.target()));
        }
        String sql = ((Rule.Condition) rule).sql();
        return new ShownIf("ifNull((" + sql + "), 1) != 0", "not: " + sql, Optional.empty());
    }

    private static Obstacle unknown(TableEntry entry, Rule.Exists exists) {
        return new Obstacle("A rule of " + entry.source() + " looks into " + exists.table()
                + ", which the pipeline does not follow.");
    }

    /** What is wrong with the rules of a table, as far as the file tells. */
    List<Obstacle> obstacles(TableEntry entry) {
        List<Obstacle> found = new ArrayList<>();
        for (Rule rule : entry.options().rules()) {
            if (rule instanceof Rule.Exists exists && !entries.containsKey(exists.table())) {
                found.add(unknown(entry, exists));
            }
        }
        if (found.isEmpty() && looksInto(entry.source(), entry.source(), new HashSet<>())) {
            found.add(
                    new Obstacle(
                            "The rules of " + entry.source()
                                    + " look into it again, by those of other tables or by its own: no row could be told from another."));
        }
        return found;
    }

    private boolean looksInto(TableName from, TableName sought, Set<TableName> seen) {
        TableEntry entry = entries.get(from);
        return entry != null
                && entry.options().rules().stream()
                        .filter(Rule.Exists.class::isInstance)
                        .map(rule -> ((Rule.Exists) rule).table())
                        .anyMatch(table -> table.equals(sought) || seen.add(table) && looksInto(table, sought, seen));
    }

    /** What ClickHouse objects to in the conditions of a table. */
    static Optional<Failure> refusal(ClickHouseHttp http, TableSpec spec, List<ShownIf> conditions) {
        String row = spec.columns().stream()
                .map(column -> "defaultValueOfTypeName(" + Ddl.literal(column.clickhouseType()) + ") AS "
                        + Ddl.quoted(column.name()))
                .collect(Collectors.joining(", "));
        for (ShownIf condition : conditions) {
            try {
                if (condition.view().isEmpty()) {
                    http.query("SELECT " + condition.sql() + " FROM (SELECT " + row + ")");
                }
            } catch (Failure failure) {
                return Optional.of(Failure.running(
                        "rule-refused",
                        "ClickHouse refuses a rule of " + spec.source() + " (" + condition.otherwise() + "): "
                                + failure.sentence(),
                        "Correct the rule in the pipeline file, then \"follow add\"."));
            }
        }
        return Optional.empty();
    }
}
