package millrace.webhook.page;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import millrace.webhook.run.NodeResult;
import millrace.webhook.run.Run;

/** A node and when dbt began with it; one that dbt did not begin stands where the one before it did. */
record NodeTime(NodeResult result, Instant begin) {
    NodeTime {
        requireNonNull(result, "result is null");
        requireNonNull(begin, "begin is null");
    }

    static List<NodeTime> of(Run run) {
        List<NodeTime> nodes = new ArrayList<>();
        Instant last = null;
        for (NodeResult node : run.models()) {
            if (last == null || node.startedAt() != null) {
                last = node.startedAt() == null ? run.createdAt() : node.startedAt();
            }
            nodes.add(new NodeTime(node, last));
        }
        return nodes;
    }
}
