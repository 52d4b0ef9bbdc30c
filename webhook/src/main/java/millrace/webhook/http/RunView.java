package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import millrace.service.Json;
import millrace.service.Refusal;
import millrace.service.Refusal.Kind;
import millrace.webhook.run.NodeResult;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunId;
import millrace.webhook.service.Runs;

/** Runs as clients see them. */
final class RunView {
    private final Runs runs;

    RunView(Runs runs) {
        this.runs = requireNonNull(runs, "runs is null");
    }

    /** A run, with its position where it waits. */
    ObjectNode of(Run run) {
        ObjectNode view = Json.tree(run);
        runs.position(run.runId()).ifPresent(position -> view.put("position", position));
        return view;
    }

    List<ObjectNode> of(List<Run> list) {
        return list.stream().map(this::of).toList();
    }

    /** How a run ended, as the answer to a manual run has it. */
    static Map<String, Object> outcome(Run end) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("run_id", end.runId());
        body.put("pipeline", end.pipeline());
        body.put("outcome", end.state());
        body.put("seconds", end.seconds());
        body.put("summary", end.summary());
        body.put("models", end.models().stream().map(NodeResult::outcome).toList());
        if (end.error() != null) {
            body.put("error", end.error());
        }
        return body;
    }

    /** Names the run's own address. */
    static void location(Context ctx, Run run) {
        ctx.header("Location", "/api/v1/runs/" + run.runId());
    }

    /** @throws Refusal when there is no such run */
    Run find(String id) {
        return find(runs, id);
    }

    /** @throws Refusal when there is no such run */
    static Run find(Runs runs, String id) {
        if (RunId.isRunId(id)) {
            var run = runs.find(new RunId(id));
            if (run.isPresent()) {
                return run.get();
            }
        }
        throw new Refusal(
                Kind.NOT_FOUND, "unknown_run", "There is no such run.", "The runs there are: GET /api/v1/runs");
    }
}
