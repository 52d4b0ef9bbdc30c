package millrace.loader.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import millrace.contract.failure.Failure;
import millrace.contract.failure.Problems;
import millrace.contract.failure.Suggestion;
import millrace.contract.pipeline.DagOptions;
import millrace.contract.pipeline.Pipeline;
import millrace.contract.pipeline.PipelineReader;
import millrace.contract.pipeline.TableOptions;
import millrace.contract.pipeline.TablePattern;
import millrace.contract.pipeline.TableReader;
import millrace.contract.settings.ClickHouseSettings;
import millrace.contract.settings.Environment;
import millrace.contract.settings.PostgresSettings;

/** Reads a configuration; flags stand for environment variables, and win over them. */
final class ConfigurationReader {
    private static final String COMMAND_LINE = "command line";
    private static final String SCHEMA = "public";

    private final Flags flags;
    private final Map<String, String> variables;
    private final Problems problems;
    private final Optional<ServerUrl> sourceUrl;
    private final Optional<ServerUrl> targetUrl;

    ConfigurationReader(Flags flags, Map<String, String> variables) {
        this.flags = flags;
        this.variables = variables;
        problems = new Problems(
                flags.pipeline().isEmpty()
                        ? COMMAND_LINE
                        : file(flags.pipeline(), variables).toString());
        sourceUrl = ServerUrl.source(flags.source(), problems);
        targetUrl = ServerUrl.target(flags.target(), problems);
    }

    /** The pipeline of the file, or that of the flags when they name none; empty when the file is no pipeline at all. */
    Optional<Pipeline> pipeline() {
        if (flags.pipeline().isEmpty()) {
            return Optional.of(ofFlags());
        }
        Path file = file(flags.pipeline(), variables);
        return new PipelineReader(file.toString(), database(), problems).read(file);
    }

    private Pipeline ofFlags() {
        String database = database().isEmpty() ? "raw" : database();
        TableReader reader = new TableReader(SCHEMA, database, problems);
        flags.tables().forEach(reader::read);
        return new Pipeline(
                COMMAND_LINE,
                COMMAND_LINE,
                "",
                DagOptions.usual(COMMAND_LINE),
                "",
                "",
                SCHEMA,
                database,
                reader.tables(),
                reader.patterns(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** That of the target's URL; empty when it names none. */
    private String database() {
        String database = targetUrl.map(ServerUrl::database).orElse("");
        if (PipelineReader.isReserved(database)) {
            problems.add(0, PipelineReader.reserved(database));
            return "";
        }
        if (database.isEmpty() || PipelineReader.isDatabase(database)) {
            return database;
        }
        problems.add(
                0,
                "\"" + database
                        + "\" in --target cannot be a database: letters, digits and _ only, and no digit first.");
        return "";
    }

    Selection selection(Pipeline pipeline) {
        List<TablePattern> exclude = flags.exclude().stream()
                .map(text -> TablePattern.parse(text, pipeline.schema()))
                .toList();
        return new Selection(pipeline, flags.pipeline().isEmpty() ? List.of() : flags.tables(), exclude);
    }

    PostgresSettings source(Pipeline pipeline) {
        String prefix = pipeline.sourceEnv().isEmpty() ? "POSTGRES" : pipeline.sourceEnv();
        PostgresSettings settings = PostgresSettings.read(prefix, environment(sourceUrl, prefix));
        if (settings.salt().value().isEmpty()) {
            pipeline.tables().forEach(table -> refuseUnsalted(table.options(), prefix));
            pipeline.patterns().forEach(pattern -> refuseUnsalted(pattern.options(), prefix));
        }
        return settings;
    }

    private void refuseUnsalted(TableOptions options, String prefix) {
        options.columns().forEach((name, column) -> {
            if (column.hash()) {
                problems.add(
                        column.line(),
                        "Column " + name + " is to be hashed, but " + prefix + "_HASH_SALT is not set, nor is " + prefix
                                + "_HASH_SALT_FILE: without a salt, whoever guesses a value knows its hash.");
            }
        });
    }

    ClickHouseSettings target(Pipeline pipeline) {
        String prefix = pipeline.targetEnv().isEmpty() ? "CLICKHOUSE" : pipeline.targetEnv();
        return ClickHouseSettings.read(prefix, environment(targetUrl, prefix));
    }

    private Environment environment(Optional<ServerUrl> url, String prefix) {
        Map<String, String> all = new HashMap<>(variables);
        url.ifPresent(said -> all.putAll(said.variables(prefix)));
        return new Environment(all, problems);
    }

    /** Problems of no line are about the servers: then nothing can be asked. */
    void look(Configuration configuration, Configuration.SecondLook look) {
        if (!problems.found().isEmpty() && problems.found().stream().allMatch(problem -> problem.line() > 0)) {
            look.at(configuration.pipeline(), configuration.source(), problems);
        }
    }

    void refuseProblems() {
        problems.refuse();
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
                    .filter(name -> name.endsWith(".yml") && !name.endsWith(".checks.yml"))
                    .map(name -> name.substring(0, name.length() - ".yml".length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
