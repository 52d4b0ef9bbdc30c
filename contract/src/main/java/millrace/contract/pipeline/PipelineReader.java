package millrace.contract.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import millrace.contract.failure.Problems;
import millrace.contract.failure.Suggestion;
import millrace.contract.yaml.BoundedYaml;
import millrace.contract.yaml.OddCharacter;
import millrace.contract.yaml.Section;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a pipeline file. Sections of other programs (dag, dbt) are checked for their keys only. */
public final class PipelineReader {
    private static final List<String> PIPELINE = List.of(
            "pipeline", "description", "dag", "source", "target", "tables", "exclude", "dbt", "follow", "generate");
    private static final List<String> DAG = List.of("id", "schedule", "start_date", "retries", "retry_delay_minutes");
    private static final List<String> SOURCE = List.of("env", "schema");
    private static final List<String> TARGET = List.of("env", "database");
    private static final List<String> FOLLOW =
            List.of("slot", "publication", "database", "port", "resync", "slot_limit_mb", "when_slot_full");
    private static final List<String> GENERATE = List.of("dag", "schedule");
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
        return root(yaml).map(this::pipeline);
    }

    private Optional<Node> root(String yaml) {
        if (OddCharacter.refused(yaml, problems)) {
            return Optional.empty();
        }
        try {
            Optional<Node> root = BoundedYaml.compose(
                    yaml, LoadSettings.builder().setLabel(file).build());
            if (root.isEmpty()) {
                problems.add(1, "The file is empty.");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            problems.add(line, "This is not YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            problems.add(1, "This is not YAML: " + e.getMessage() + ".");
        }
        return Optional.empty();
    }

    private Pipeline pipeline(Node root) {
        Section pipeline = new Section("the pipeline", root, PIPELINE, problems);
        pipeline.text("description", "");
        pipeline.node("dag").ifPresent(node -> new Section("dag", node, DAG, problems));
        pipeline.node("dbt").ifPresent(node -> new Section("dbt", node, DBT, problems));
        pipeline.node("generate").ifPresent(node -> new Section("generate", node, GENERATE, problems));
        Optional<Section> source = section(pipeline, "source", SOURCE);
        Optional<Section> target = section(pipeline, "target", TARGET);
        String schema = source.map(section -> section.text("schema", "public")).orElse("public");
        TableReader reader = new TableReader(schema, target.map(this::database).orElse("raw"), problems);
        readTables(pipeline, reader);
        if (pipeline.node("follow").isEmpty()) {
            reader.tables().forEach(table -> refuseFollowed(table.options(), table.line()));
            reader.patterns().forEach(pattern -> refuseFollowed(pattern.options(), pattern.line()));
        } else {
            reader.refuseForLoads();
        }
        String name = pipeline.text("pipeline");
        return new Pipeline(
                name,
                file,
                source.map(section -> section.text("env")).orElse(""),
                target.map(section -> section.text("env")).orElse(""),
                schema,
                reader.database(),
                reader.tables(),
                reader.patterns(),
                pipeline.texts("exclude").stream()
                        .map(text -> TablePattern.parse(text, schema))
                        .toList(),
                pipeline.node("follow").map(node -> follow(node, name, reader.database())));
    }

    private void refuseFollowed(TableOptions options, int line) {
        if (!options.rules().isEmpty()) {
            problems.add(line, "\"rules\" are for tables of a pipeline with \"follow\".");
        }
        if (options.columns().values().stream().anyMatch(column -> column.onRefusal() == OnRefusal.QUARANTINE)) {
            problems.add(line, "\"on_refusal: quarantine\" is for tables of a pipeline with \"follow\".");
        }
    }

    private FollowOptions follow(Node node, String pipeline, String raw) {
        Section follow = new Section("follow", node, FOLLOW, problems);
        FollowOptions usual = FollowOptions.usual(pipeline, raw);
        FollowOptions options = new FollowOptions(
                follow.text("slot", usual.slot()),
                follow.text("publication", usual.publication()),
                follow.text("database", usual.database()),
                number(follow, "port", usual.port(), 65_535),
                choice(follow, "resync", List.of("auto", "ask")).equals("auto"),
                (long) number(follow, "slot_limit_mb", FollowOptions.SLOT_LIMIT, 100_000_000) << 20,
                choice(follow, "when_slot_full", List.of("keep", "drop")).equals("drop"));
        if (!options.slot().matches("[a-z0-9_]{1,63}")) {
            problems.add(
                    follow.line("slot"),
                    "\"" + options.slot() + "\" cannot be a replication slot: a-z, 0-9 and _ only, 63 at most.");
        }
        if (!isDatabase(options.database()) || options.database().equals(raw)) {
            problems.add(
                    follow.line("database"),
                    "\"" + options.database() + "\" cannot be the database of the changes: letters, digits and _ only,"
                            + " no digit first, and not that of the target.");
        }
        return options;
    }

    private int number(Section follow, String key, int usual, int most) {
        String number = follow.text(key, Integer.toString(usual));
        if (number.matches("[0-9]{1,9}") && Integer.parseInt(number) <= most) {
            return Integer.parseInt(number);
        }
        problems.add(follow.line(key), "\"" + key + "\" must be from 0 to " + most + ", not \"" + number + "\".");
        return usual;
    }

    /** One of the known words; the first of them when it is none, and that is a problem. */
    private String choice(Section section, String key, List<String> known) {
        String chosen = section.text(key, known.get(0));
        if (known.contains(chosen)) {
            return chosen;
        }
        problems.add(section.line(key), "Unknown " + key + " \"" + chosen + "\"; " + Suggestion.among(known, chosen));
        return known.get(0);
    }

    private Optional<Section> section(Section pipeline, String key, List<String> known) {
        if (pipeline.node(key).isEmpty()) {
            problems.add(pipeline.line(), "The pipeline needs the key \"" + key + "\".");
        }
        return pipeline.node(key).map(node -> new Section(key, node, known, problems));
    }

    private String database(Section target) {
        String named = target.text("database", "raw");
        if (!isDatabase(named)) {
            problems.add(
                    target.line("database"),
                    "\"" + named + "\" cannot be a database: letters, digits and _ only, and no digit first.");
        } else if (isReserved(named)) {
            problems.add(target.line("database"), reserved(named));
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
            problems.add(pipeline.line("tables"), "\"tables\" must be a list of at least one table.");
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
                problems.add(entry.line(), "The target " + entry.target() + " is already that of line " + before + ".");
            }
        }
    }
}
