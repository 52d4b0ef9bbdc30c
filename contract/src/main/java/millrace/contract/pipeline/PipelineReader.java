package millrace.contract.pipeline;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import millrace.contract.failure.Failure;
import millrace.contract.failure.Problems;
import millrace.contract.yaml.BoundedYaml;
import millrace.contract.yaml.OddCharacter;
import millrace.contract.yaml.Section;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads pipeline files, which the Python reader beside this one takes as exactly this. */
public final class PipelineReader {
    private static final List<String> PIPELINE = List.of(
            "pipeline",
            "description",
            "dag",
            "source",
            "target",
            "tables",
            "exclude",
            "dbt",
            "follow",
            "generate",
            "alerts");
    private static final List<String> SOURCE = List.of("env", "schema");
    private static final List<String> TARGET = List.of("env", "database");
    private static final List<String> DBT = List.of("select");

    private static final Set<String> RESERVED =
            Set.of("millrace", "system", "information_schema", "_temporary_and_external_tables");

    private final String file;
    private final String database;
    private final Problems problems;

    /** @param database overrides that of the file unless it is empty */
    public PipelineReader(String file, String database, Problems problems) {
        this.file = file;
        this.database = database;
        this.problems = problems;
    }

    /** Reads what can be read; of what cannot, the problems tell. */
    public Optional<Pipeline> read(String yaml) {
        return root(yaml).flatMap(this::pipeline);
    }

    /**
     * Reads a file.
     *
     * @throws Failure when there is no file that may be read
     */
    public Optional<Pipeline> read(Path path) {
        try {
            if (Files.size(path) > BoundedYaml.MAX_BYTES) {
                problems.add(
                        1,
                        "too-large",
                        "The file has more than " + BoundedYaml.MAX_BYTES
                                + " bytes: a pipeline file is a list of tables; name many of them by patterns.");
                return Optional.empty();
            }
            return read(Files.readString(path));
        } catch (CharacterCodingException e) {
            problems.add(1, "no-utf-8", "The file is not UTF-8.");
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.configuration("unreadable-pipeline", "The file " + file + " cannot be read.", e.getMessage());
        }
    }

    private Optional<Node> root(String yaml) {
        if (OddCharacter.refused(yaml, problems)) {
            return Optional.empty();
        }
        try {
            Optional<Node> root = BoundedYaml.compose(
                    yaml, LoadSettings.builder().setLabel(file).build());
            if (root.isEmpty()) {
                problems.add(1, "no-mapping", "The file is empty.");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            problems.add(line, "no-yaml", "This is not YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            problems.add(1, "no-yaml", "This is not YAML: " + e.getMessage() + ".");
        }
        return Optional.empty();
    }

    private Optional<Pipeline> pipeline(Node root) {
        Section pipeline = new Section("the pipeline", root, PIPELINE, problems);
        if (!pipeline.isMapping()) {
            return Optional.empty();
        }
        String name = pipeline.text("pipeline");
        String description = pipeline.text("description", "");
        DagOptions dag = pipeline.node("dag")
                .map(node -> DagReader.read(node, name, problems))
                .orElseGet(() -> DagOptions.usual(name));
        Optional<Section> source = needed(pipeline, "source", SOURCE);
        String sourceEnv = source.map(this::env).orElse("");
        String schema = source.map(section -> section.text("schema", "public")).orElse("public");
        Optional<Section> target = needed(pipeline, "target", TARGET);
        String targetEnv = target.map(this::env).orElse("");
        TableReader reader = new TableReader(schema, target.map(this::database).orElse("raw"), problems);
        readTables(pipeline, reader);
        List<TablePattern> exclude = pipeline.texts("exclude").stream()
                .map(text -> TablePattern.parse(text, schema))
                .toList();
        Optional<DbtOptions> dbt = pipeline.node("dbt").map(this::dbt);
        Optional<FollowOptions> follow =
                pipeline.node("follow").map(node -> FollowReader.read(node, name, reader.database(), problems));
        reader.refuseForeign(follow.isPresent());
        Optional<GenerateOptions> generate =
                pipeline.node("generate").map(node -> DagReader.generate(node, name, problems));
        Optional<AlertOptions> alerts = pipeline.node("alerts").map(node -> AlertReader.read(node, problems));
        return Optional.of(new Pipeline(
                name,
                file,
                description,
                dag,
                sourceEnv,
                targetEnv,
                schema,
                reader.database(),
                reader.tables(),
                reader.patterns(),
                exclude,
                dbt,
                follow,
                generate,
                alerts));
    }

    private Optional<Section> needed(Section pipeline, String key, List<String> known) {
        if (!pipeline.has(key)) {
            problems.add(pipeline.line(), "missing-key", "the pipeline needs the key \"" + key + "\".");
        }
        return pipeline.node(key).map(node -> new Section(key, node, known, problems));
    }

    private String env(Section server) {
        String env = server.text("env");
        if (!env.isEmpty() && !env.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            problems.add(
                    server.line("env"),
                    "bad-prefix",
                    "\"" + env + "\" cannot begin the names of variables: letters, digits and _ only, no digit first.");
        }
        return env;
    }

    private DbtOptions dbt(Node node) {
        Section dbt = new Section("dbt", node, DBT, problems);
        String select = dbt.text("select");
        for (String selector : select.strip().split("[ \\t\\r\\n]+")) {
            // No leading '-': dbt would read such a selector as one of its options.
            if (!select.isEmpty() && !selector.matches("[A-Za-z0-9_@+*][A-Za-z0-9_@+*.:/,?\\[\\]-]*")) {
                problems.add(
                        dbt.line("select"),
                        "bad-selector",
                        "\"" + selector + "\" is not a selector of dbt; it is such as path:models/shop.");
            }
        }
        return new DbtOptions(select);
    }

    private String database(Section target) {
        String named = target.text("database", "raw");
        if (!isDatabase(named)) {
            problems.add(
                    target.line("database"),
                    "bad-database",
                    "\"" + named + "\" cannot be a database: letters, digits and _ only, and no digit first.");
        } else if (isReserved(named)) {
            problems.add(target.line("database"), "reserved-database", reserved(named));
        }
        return database.isEmpty() ? named : database;
    }

    public static boolean isDatabase(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    public static String reserved(String name) {
        return "\"" + name + "\" cannot be the database of a pipeline's tables: "
                + (name.equalsIgnoreCase("millrace") ? "it is the loader's own." : "it is ClickHouse's own.");
    }

    /** Whose tables are not a pipeline's: the loader's own and the server's. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    private void readTables(Section pipeline, TableReader reader) {
        Optional<Node> node = pipeline.node("tables");
        if (node.isEmpty()
                || !(node.get() instanceof SequenceNode list)
                || list.getValue().isEmpty()) {
            problems.add(pipeline.line("tables"), "no-tables", "\"tables\" must be a list of at least one table.");
            return;
        }
        list.getValue().forEach(reader::read);
        refuseRepeated(reader.tables());
    }

    private void refuseRepeated(List<TableEntry> entries) {
        Map<TableName, Integer> lines = new HashMap<>();
        for (TableEntry entry : entries) {
            Integer before = lines.putIfAbsent(entry.target(), entry.line());
            if (before != null && !entry.target().table().isEmpty()) {
                problems.add(
                        entry.line(),
                        "repeated-target",
                        "The target " + entry.target() + " is already that of line " + before + ".");
            }
        }
    }
}
