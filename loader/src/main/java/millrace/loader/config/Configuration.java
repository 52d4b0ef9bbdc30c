package millrace.loader.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import millrace.loader.failure.Failure;

/** A pipeline file together with the environment that it names: all that a command needs to know. */
public record Configuration(Pipeline pipeline, PostgresSettings source, ClickHouseSettings target) {
    public Configuration {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
    }

    /**
     * Reads a pipeline.
     *
     * @param pipeline a name, looked up in the folder that MILLRACE_PIPELINES names, or the path of a .yml file
     * @throws Failure when there is no such file, or with every problem of the file and the environment at once
     */
    public static Configuration read(String pipeline, Map<String, String> variables) {
        Path file = file(pipeline, variables);
        Problems problems = new Problems(file.toString());
        Optional<Pipeline> read = new PipelineReader(file.toString(), problems).read(contents(file));
        Environment environment = new Environment(variables, problems);
        Configuration configuration =
                read.map(found -> complete(found, environment)).orElse(null);
        problems.refuse();
        return configuration;
    }

    private static Configuration complete(Pipeline pipeline, Environment environment) {
        String source = pipeline.sourceEnv().isEmpty() ? "POSTGRES" : pipeline.sourceEnv();
        String target = pipeline.targetEnv().isEmpty() ? "CLICKHOUSE" : pipeline.targetEnv();
        return new Configuration(
                pipeline, PostgresSettings.read(source, environment), ClickHouseSettings.read(target, environment));
    }

    private static Path file(String pipeline, Map<String, String> variables) {
        if (pipeline.endsWith(".yml") || pipeline.endsWith(".yaml")) {
            Path path = Path.of(pipeline);
            if (Files.isRegularFile(path)) {
                return path;
            }
            throw Failure.configuration(
                    "no-such-pipeline", "There is no pipeline file " + path + ".", "Check the path.");
        }
        Path folder = Path.of(variables.getOrDefault("MILLRACE_PIPELINES", "pipelines"));
        Path path = folder.resolve(pipeline + ".yml");
        if (Files.isRegularFile(path)) {
            return path;
        }
        throw Failure.configuration(
                "no-such-pipeline",
                "There is no pipeline \"" + pipeline + "\" in " + folder + "; "
                        + Suggestion.among(pipelines(folder), pipeline),
                "Name a file of that folder without its .yml, or set MILLRACE_PIPELINES.");
    }

    private static List<String> pipelines(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".yml"))
                    .map(name -> name.substring(0, name.length() - ".yml".length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Failure.configuration("unreadable-pipeline", "The file " + file + " cannot be read.", e.getMessage());
        }
    }
}
