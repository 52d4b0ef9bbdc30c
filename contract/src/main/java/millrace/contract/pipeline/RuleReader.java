package millrace.contract.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.contract.failure.Problems;
import millrace.contract.yaml.Section;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the rules of a table: SQL conditions, or mappings that name what has to exist. */
final class RuleReader {
    private static final List<String> RULE = List.of("condition", "exists", "column");

    private final String schema;
    private final Problems problems;

    /** @param schema of tables that do not say theirs */
    RuleReader(String schema, Problems problems) {
        this.schema = schema;
        this.problems = problems;
    }

    List<Rule> rules(Node node) {
        List<Node> items = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
        List<Rule> rules = new ArrayList<>();
        items.forEach(item -> rule(item).ifPresent(rules::add));
        return rules;
    }

    private Optional<Rule> rule(Node node) {
        if (node instanceof ScalarNode scalar && Section.isText(scalar.getValue())) {
            return Optional.of(new Rule.Condition(scalar.getValue()));
        }
        Section rule = new Section("a rule", node, RULE, problems);
        String exists = rule.text("exists", "");
        String condition = rule.text("condition", "");
        if (exists.isEmpty() == condition.isEmpty()) {
            problems.add(rule.line(), "bad-rule", "A rule has a \"condition\" or says what \"exists\".");
            return Optional.empty();
        }
        return exists.isEmpty() ? Optional.of(new Rule.Condition(condition)) : exists(rule, exists);
    }

    private Optional<Rule> exists(Section rule, String exists) {
        int dot = exists.lastIndexOf('.');
        if (dot <= 0 || dot == exists.length() - 1) {
            problems.add(
                    rule.line("exists"),
                    "bad-rule",
                    "\"exists\" is a table and its column, as in customers.customer_id.");
            return Optional.empty();
        }
        String table = exists.substring(0, dot);
        String referenced = exists.substring(dot + 1);
        int end = table.indexOf('.');
        TableName name = end < 0
                ? new TableName(schema, table)
                : new TableName(table.substring(0, end), table.substring(end + 1));
        return Optional.of(new Rule.Exists(rule.text("column", referenced), name, referenced));
    }
}
