package millrace.contract.yaml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import millrace.contract.failure.Problems;
import millrace.contract.failure.Suggestion;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A mapping of a pipeline file with the keys it may have. Whatever is wrong with it becomes a problem with its line. */
public final class Section {
    /** For a mapping whose keys are names of the user's own. */
    public static final List<String> ANY = List.of();

    private static final List<String> NOTHING = List.of("", "~", "null");

    private final String name;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Problems problems;
    private final boolean isMapping;

    /** @param name how messages name the section, such as <code>source</code> */
    public Section(String name, Node node, List<String> known, Problems problems) {
        this.name = name;
        this.line = line(node);
        this.problems = problems;
        this.isMapping = node instanceof MappingNode;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple pair : mapping.getValue()) {
                take(pair, known);
            }
        } else {
            problems.add(
                    line,
                    "no-mapping",
                    name + " must be a mapping"
                            + (known == ANY ? "." : " with the keys " + String.join(", ", known) + "."));
        }
    }

    private void take(NodeTuple pair, List<String> known) {
        Node key = pair.getKeyNode();
        String spelled = key instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (spelled.isEmpty() || known != ANY && !known.contains(spelled)) {
            // What may have been meant by each of many thousands is told to nobody.
            String meant = problems.areMany() ? "none knows it." : Suggestion.among(known, spelled);
            problems.add(line(key), "unknown-key", "Unknown key \"" + spelled + "\" in " + name + "; " + meant);
        } else if (values.put(spelled, pair.getValueNode()) != null) {
            problems.add(line(key), "repeated-key", "The key \"" + spelled + "\" stands twice in " + name + ".");
        }
    }

    public static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    public int line() {
        return line;
    }

    public int line(String key) {
        return values.containsKey(key) ? line(values.get(key)) : line;
    }

    public Optional<Node> node(String key) {
        return Optional.ofNullable(values.get(key));
    }

    public boolean isMapping() {
        return isMapping;
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** Whether a key is there and says in so many words that it has no value. */
    public boolean isNull(String key) {
        return values.get(key) instanceof ScalarNode scalar
                && scalar.isPlain()
                && NOTHING.contains(scalar.getValue().toLowerCase(Locale.ROOT));
    }

    /** The keys that have a value, in order. */
    public Collection<String> keys() {
        return values.keySet();
    }

    /** The mapping of a key, whose own keys are names of the user's. */
    public Optional<Section> section(String key) {
        return node(key).map(node -> new Section("\"" + key + "\"", node, ANY, problems));
    }

    /** The text of a key that must be there; an empty text, and a problem, when it is not. */
    public String text(String key) {
        if (!values.containsKey(key) && isMapping) {
            problems.add(line, "missing-key", name + " needs the key \"" + key + "\".");
        }
        return text(key, "");
    }

    public String text(String key, String otherwise) {
        Node node = values.get(key);
        if (node == null) {
            return otherwise;
        }
        return scalar(node, key).orElse(otherwise);
    }

    /** A whole number from 0 to the most, in decimal digits without quotes; the other one when there is none. */
    public int whole(String key, int most, int otherwise) {
        Node node = values.get(key);
        if (node == null || isNull(key)) {
            return otherwise;
        }
        String text = scalar(node, key).orElse("");
        if (((node instanceof ScalarNode scalar) && scalar.isPlain())
                && text.matches("[0-9]{1,9}")
                && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        if (!text.isEmpty()) {
            problems.add(
                    line(node), "bad-number", "\"" + key + "\" must be from 0 to " + most + ", not \"" + text + "\".");
        }
        return otherwise;
    }

    /** One of the known words; the first of them when it is none, and that is a problem. */
    public String choice(String key, List<String> known) {
        String chosen = text(key, known.get(0));
        if (known.contains(chosen)) {
            return chosen;
        }
        problems.add(
                line(key),
                "unknown-choice",
                "Unknown " + key + " \"" + chosen + "\"; " + Suggestion.among(known, chosen));
        return known.get(0);
    }

    /** A list of texts; a single text stands for a list of one. */
    public List<String> texts(String key) {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        List<Node> items = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
        List<String> texts = new ArrayList<>();
        for (Node item : items) {
            scalar(item, key).ifPresent(texts::add);
        }
        return texts;
    }

    private Optional<String> scalar(Node node, String key) {
        if (node instanceof ScalarNode scalar && isText(scalar.getValue())) {
            return Optional.of(scalar.getValue());
        }
        problems.add(line(node), "no-text", "\"" + key + "\" in " + name + " must be a text.");
        return Optional.empty();
    }

    /** Half a character, or the one that no server has in a name, is none. */
    public static boolean isText(String value) {
        return !value.isEmpty()
                && value.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }
}
