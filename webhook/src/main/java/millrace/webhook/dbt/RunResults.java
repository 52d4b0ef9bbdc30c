package millrace.webhook.dbt;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import millrace.service.Json;
import millrace.webhook.run.NodeResult;

/** dbt's run_results.json: what became of each node. */
public final class RunResults {
    private RunResults() {}

    /**
     * Reads the results from a target folder.
     *
     * @return one result a node, in the order in which dbt finished them; empty when dbt did not come so far
     * @throws IOException when the file is there and is not what dbt writes
     */
    public static List<NodeResult> read(Path target) throws IOException {
        List<NodeResult> nodes = new ArrayList<>();
        // The freshness of sources has a file of its own.
        for (String name : List.of("run_results.json", "sources.json")) {
            Path file = target.resolve(name);
            if (Files.exists(file)) {
                Json.readTree(file).path("results").forEach(result -> nodes.add(node(result)));
            }
        }
        return nodes;
    }

    private static NodeResult node(JsonNode result) {
        String id = result.path("unique_id").asText();
        JsonNode rows = result.path("adapter_response").path("rows_affected");
        return new NodeResult(
                name(id),
                id.substring(0, Math.max(0, id.indexOf('.'))),
                result.path("status").asText(),
                Math.round(result.path("execution_time").asDouble() * 1000) / 1000.0,
                result.path("message").asText("").strip(),
                id,
                startedAt(result),
                text(result, "thread_id"),
                rows.isIntegralNumber() && rows.longValue() >= 0 ? rows.longValue() : null,
                text(result, "relation_name"),
                text(result, "compiled_code"));
    }

    private static Instant startedAt(JsonNode result) {
        for (JsonNode step : result.path("timing")) {
            String at = step.path("started_at").asText();
            if (!at.isEmpty()) {
                return Instant.parse(at.endsWith("Z") ? at : at + "Z").truncatedTo(ChronoUnit.MILLIS);
            }
        }
        return null;
    }

    private static String text(JsonNode result, String field) {
        String text = result.path(field).asText("");
        return text.isEmpty() || result.path(field).isNull() ? null : text;
    }

    /** A unique id is type.project.name, and more after the name for tests (a hash) and unit tests (model.name). */
    private static String name(String uniqueId) {
        String[] parts = uniqueId.split("\\.");
        if (parts.length < 3) {
            return uniqueId;
        }
        boolean nested = parts.length > 3 && !parts[0].equals("test");
        return nested
                ? uniqueId.substring(uniqueId.indexOf(parts[2], parts[0].length() + parts[1].length()))
                : parts[2];
    }
}
