package millrace.webhook.dbt;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import millrace.service.Json;

/**
 * What stands on what in a dbt project, by dbt's unique ids.
 *
 * @param nodes what dbt builds: models, seeds and snapshots
 * @param sources the tables that it reads
 * @param tests the tests of each node
 */
public record ModelGraph(Map<String, Node> nodes, Map<String, Source> sources, Map<String, List<String>> tests) {
    private static final Set<String> BUILT = Set.of("model", "seed", "snapshot");

    /**
     * Something that dbt builds.
     *
     * @param table what it becomes, with its database
     * @param file where it is written, within the project
     * @param parents the nodes and sources that it reads
     */
    public record Node(String name, String table, String file, List<String> parents) {
        public Node {
            parents = List.copyOf(parents);
        }
    }

    /**
     * A table that is read.
     *
     * @param selector how dbt selects it
     * @param table its name with its database
     */
    public record Source(String selector, String table) {}

    public ModelGraph {
        nodes = Map.copyOf(nodes);
        sources = Map.copyOf(sources);
        tests = Map.copyOf(tests);
    }

    /**
     * Reads dbt's manifest.json. An ephemeral model is a part of those that read it, so they have its parents.
     *
     * @throws IOException when it cannot be read
     */
    public static ModelGraph read(Path manifest) throws IOException {
        JsonNode json = Json.readTree(manifest);
        Map<String, Source> sources = new LinkedHashMap<>();
        json.path("sources").propertyStream().forEach(it -> sources.put(it.getKey(), source(it.getValue())));
        Map<String, Node> nodes = new LinkedHashMap<>();
        Map<String, List<String>> tests = new HashMap<>();
        JsonNode all = json.path("nodes");
        all.propertyStream().forEach(it -> {
            JsonNode node = it.getValue();
            String type = node.path("resource_type").asText();
            if (type.equals("test")) {
                parents(node)
                        .forEach(parent -> tests.computeIfAbsent(parent, id -> new ArrayList<>())
                                .add(it.getKey()));
            } else if (BUILT.contains(type) && !isEphemeral(node)) {
                nodes.put(it.getKey(), node(node, all));
            }
        });
        return new ModelGraph(nodes, sources, tests);
    }

    /** The parents of a node that are sources. */
    public List<Source> sourcesOf(Node node) {
        return node.parents().stream()
                .filter(sources::containsKey)
                .map(sources::get)
                .toList();
    }

    private static Source source(JsonNode json) {
        return new Source(
                "source:" + json.path("source_name").asText() + "."
                        + json.path("name").asText(),
                json.path("schema").asText() + "." + json.path("identifier").asText());
    }

    private static Node node(JsonNode json, JsonNode all) {
        List<String> parents = new ArrayList<>();
        collect(json, all, parents);
        return new Node(
                json.path("name").asText(),
                json.path("schema").asText() + "." + json.path("alias").asText(),
                json.path("original_file_path").asText(),
                parents);
    }

    private static void collect(JsonNode json, JsonNode all, List<String> parents) {
        for (String parent : parents(json)) {
            JsonNode above = all.path(parent);
            if (isEphemeral(above)) {
                collect(above, all, parents);
            } else {
                parents.add(parent);
            }
        }
    }

    private static boolean isEphemeral(JsonNode node) {
        return node.path("config").path("materialized").asText().equals("ephemeral");
    }

    private static List<String> parents(JsonNode node) {
        List<String> parents = new ArrayList<>();
        node.path("depends_on").path("nodes").forEach(parent -> parents.add(parent.asText()));
        return parents;
    }
}
