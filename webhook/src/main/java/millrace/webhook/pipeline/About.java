package millrace.webhook.pipeline;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import millrace.contract.yaml.BoundedYaml;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * What people are told of a pipeline.
 *
 * @param description a line; empty when the file has none
 * @param dag its id in Airflow; empty when the file does not say it
 * @param isFollowed whether its source's changes are followed
 */
public record About(String name, String description, String dag, boolean isFollowed) {
    public About {
        requireNonNull(name, "name is null");
        requireNonNull(description, "description is null");
        requireNonNull(dag, "dag is null");
    }

    /** Reads the pipeline's file; what cannot be read is left out. */
    public static About in(Path folder, String name) {
        Optional<Node> file = read(folder.resolve(name + ".yml"));
        return new About(
                name,
                file.flatMap(it -> value(it, "description")).map(About::text).orElse(""),
                file.flatMap(it -> value(it, "dag"))
                        .flatMap(it -> value(it, "id"))
                        .map(About::text)
                        .orElse(""),
                file.flatMap(it -> value(it, "follow")).isPresent());
    }

    private static Optional<Node> read(Path file) {
        try {
            return BoundedYaml.compose(
                    Files.readString(file), LoadSettings.builder().build());
        } catch (IOException | YamlEngineException e) {
            return Optional.empty();
        }
    }

    private static Optional<Node> value(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(entry -> entry.getKeyNode() instanceof ScalarNode scalar
                                && scalar.getValue().equals(key))
                        .map(entry -> entry.getValueNode())
                        .findFirst()
                : Optional.empty();
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
    }
}
