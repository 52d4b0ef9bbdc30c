package millrace.webhook.service;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import millrace.webhook.dbt.ModelGraph;
import millrace.webhook.dbt.ModelGraph.Node;
import millrace.webhook.dbt.ModelGraph.Source;
import millrace.webhook.store.RunTable.Latest;
import millrace.webhook.warehouse.Marks;

/**
 * Which nodes would come out differently if they were built now, or may: those that did not succeed at last, or a test of theirs;
 * whose table is gone; whose sources have other rows than that run saw; or with a parent that is such a node, or was built since.
 */
final class Staleness {
    private static final Set<String> FINE_TESTS = Set.of("pass", "warn", "success");

    private final ModelGraph graph;
    private final BuiltRuns built;
    private final Map<String, Latest> latest;
    private final Marks now;
    private final Set<String> existing;
    private final Map<String, Boolean> known = new HashMap<>();

    Staleness(ModelGraph graph, BuiltRuns built, Map<String, Latest> latest, Marks now, Set<String> existing) {
        this.graph = requireNonNull(graph, "graph is null");
        this.built = requireNonNull(built, "built is null");
        this.latest = requireNonNull(latest, "latest is null");
        this.now = requireNonNull(now, "now is null");
        this.existing = requireNonNull(existing, "existing is null");
    }

    boolean isStale(String id) {
        Boolean answer = known.get(id);
        if (answer == null) {
            answer = find(id);
            known.put(id, answer);
        }
        return answer;
    }

    private boolean find(String id) {
        Latest last = latest.get(id);
        Node node = graph.nodes().get(id);
        if (last == null || !last.status().equals("success") || !existing.contains(node.table())) {
            return true;
        }
        Optional<Marks> seen = built.seenBy(last.run());
        if (seen.isEmpty() || graph.tests().getOrDefault(id, List.of()).stream().anyMatch(this::isRed)) {
            return true;
        }
        return node.parents().stream().anyMatch(parent -> hasMoved(parent, last, seen.get()));
    }

    private boolean hasMoved(String parent, Latest child, Marks seen) {
        Source source = graph.sources().get(parent);
        if (source != null) {
            Optional<String> mark = now.of(source.table());
            return mark.isEmpty() || !mark.equals(seen.of(source.table()));
        }
        return !graph.nodes().containsKey(parent)
                || isStale(parent)
                || latest.get(parent).run().compareTo(child.run()) > 0;
    }

    private boolean isRed(String test) {
        Latest last = latest.get(test);
        return last != null && !FINE_TESTS.contains(last.status());
    }
}
