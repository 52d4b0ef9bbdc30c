package millrace.webhook.dbt;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import millrace.contract.yaml.BoundedYaml;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * What a dbt project lets a run choose.
 *
 * @param targets the connections of its profile
 * @param usualTarget the one of them that is meant where none is named
 * @param vars the names of its variables
 */
public record Project(List<String> targets, String usualTarget, List<String> vars) {
    private static final String UNNAMED = "default";

    public Project {
        requireNonNull(usualTarget, "usualTarget is null");
        targets = List.copyOf(targets);
        vars = List.copyOf(vars);
    }

    /** Reads dbt_project.yml and profiles.yml of a folder; what cannot be read offers nothing. */
    public static Project in(Path folder) {
        Optional<Node> project = read(folder.resolve("dbt_project.yml"));
        Optional<Node> profile = read(folder.resolve("profiles.yml"))
                .flatMap(profiles -> value(profiles, text(project, "profile").orElse(UNNAMED)));
        List<String> targets = keys(profile.flatMap(it -> value(it, "outputs")));
        return new Project(
                targets,
                text(profile, "target").filter(targets::contains).orElse(UNNAMED),
                keys(project.flatMap(it -> value(it, "vars"))));
    }

    private static Optional<Node> read(Path file) {
        try {
            return Files.size(file) > BoundedYaml.MAX_BYTES
                    ? Optional.empty()
                    : BoundedYaml.compose(
                            Files.readString(file), LoadSettings.builder().build());
        } catch (IOException | YamlEngineException e) {
            return Optional.empty();
        }
    }

    private static Optional<Node> value(Node node, String key) {
        return entries(node).stream()
                .filter(entry -> key.equals(name(entry)))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static Optional<String> text(Optional<Node> node, String key) {
        return node.flatMap(it -> value(it, key))
                .filter(ScalarNode.class::isInstance)
                .map(it -> ((ScalarNode) it).getValue());
    }

    private static List<String> keys(Optional<Node> node) {
        return node.map(it -> entries(it).stream().map(Project::name).toList()).orElse(List.of());
    }

    private static List<NodeTuple> entries(Node node) {
        return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
    }

    private static String name(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
