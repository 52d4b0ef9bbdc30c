package millrace.webhook.pipeline;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import millrace.contract.yaml.BoundedYaml;
import millrace.service.Refusal;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The pipeline files, read afresh for every run so that an edit needs no restart. */
public final class Pipelines {
    private static final String SUFFIX = ".yml";

    private final Path folder;
    private final String usual;

    /**
     * @param folder of the files
     * @param usual the name of the pipeline that is meant where none is named; may be empty or that of no file
     */
    public Pipelines(Path folder, String usual) {
        this.folder = requireNonNull(folder, "folder is null");
        this.usual = requireNonNull(usual, "usual is null");
    }

    /**
     * The pipeline that is meant where none is named: the only one, or the one of them that was chosen.
     *
     * @throws Refusal BAD_REQUEST when there are several and none was chosen
     */
    public PipelineName usual() {
        List<String> names = names();
        if (names.contains(usual)) {
            return new PipelineName(usual);
        }
        if (names.size() == 1) {
            return new PipelineName(names.get(0));
        }
        throw new Refusal(
                Refusal.Kind.BAD_REQUEST,
                "which_pipeline",
                "Pipelines there are: " + String.join(", ", names) + ".",
                "Name one in the body, or choose one by WEBHOOK_PIPELINE.");
    }

    /**
     * Reads one pipeline.
     *
     * @throws Refusal NOT_FOUND when there is no such file, UNPROCESSABLE when it does not say what dbt should build
     */
    public Pipeline get(PipelineName name) {
        Path file = folder.resolve(name + SUFFIX);
        if (!Files.isRegularFile(file)) {
            throw new Refusal(
                    Refusal.Kind.NOT_FOUND,
                    "unknown_pipeline",
                    "There is no pipeline '" + name + "'.",
                    "Pipelines there are: " + String.join(", ", names()) + ".");
        }
        try {
            if (Files.size(file) > BoundedYaml.MAX_BYTES) {
                throw unusable(name, "has more than " + BoundedYaml.MAX_BYTES + " bytes");
            }
            return new Pipeline(name, Selection.parse(select(Files.readString(file))));
        } catch (MarkedYamlEngineException e) {
            throw unusable(name, "is not YAML" + line(e));
        } catch (IOException | YamlEngineException e) {
            throw unusable(name, "cannot be read as YAML");
        } catch (IllegalArgumentException e) {
            throw unusable(name, "cannot be run: dbt.select " + e.getMessage());
        }
    }

    /** The names of all pipeline files, sorted; empty when the folder cannot be read. */
    public List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("[a-z][a-z0-9_]{0,63}\\.yml"))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String select(String yaml) {
        return BoundedYaml.compose(yaml, LoadSettings.builder().build())
                .flatMap(pipeline -> value(pipeline, "dbt"))
                .flatMap(dbt -> value(dbt, "select"))
                .filter(select -> select.getTag().equals(Tag.STR))
                .map(select -> ((ScalarNode) select).getValue())
                .orElseThrow(() -> new IllegalArgumentException("is missing"));
    }

    private static Optional<Node> value(Node node, String key) {
        if (!(node instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        return mapping.getValue().stream()
                .filter(entry -> entry.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static String line(MarkedYamlEngineException e) {
        return e.getProblemMark()
                .map(mark -> ": see its line " + (mark.getLine() + 1))
                .orElse("");
    }

    private static Refusal unusable(PipelineName name, String reason) {
        return new Refusal(
                Refusal.Kind.UNPROCESSABLE,
                "bad_pipeline_file",
                "The file of pipeline '" + name + "' " + reason + ".",
                "Correct pipelines/" + name + SUFFIX + "; dbt.select is a selection such as path:models/" + name + ".");
    }
}
