package millrace.webhook.outgoing;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import millrace.service.Json;
import millrace.webhook.run.NodeResult;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunState;

/**
 * What targets are told of a run, as it begins and as it ends.
 *
 * @param event started, completed, errored or cancelled
 */
public record RunMessage(Run run, String event) {
    public RunMessage {
        requireNonNull(run, "run is null");
        requireNonNull(event, "event is null");
    }

    /** Of a run in the state that it has come to; it does not wait. */
    public static RunMessage of(Run run) {
        return new RunMessage(
                run,
                switch (run.state()) {
                    case RUNNING -> "started";
                    case SUCCESS -> "completed";
                    case FAILED -> "errored";
                    case CANCELLED -> "cancelled";
                    case QUEUED -> throw new IllegalArgumentException("a run that waits is no event");
                });
    }

    /** A delivery to each of these. */
    public List<Delivery> to(List<Target> targets, Instant now) {
        return targets.stream()
                .map(target -> new Delivery(
                        0,
                        "msg_" + run.runId() + "_" + event,
                        "run." + event,
                        target.key(),
                        target.shown(),
                        body(target.form(), now),
                        Delivery.State.WAITING,
                        0,
                        now,
                        now,
                        null))
                .toList();
    }

    private String body(Target.Form form, Instant now) {
        return switch (form) {
            case STANDARD -> standard(now);
            case SLACK -> Json.text(JsonNodeFactory.instance.objectNode().put("text", text()));
        };
    }

    private String standard(Instant now) {
        ObjectNode data = Json.tree(run.brief());
        if (run.models() != null) {
            ArrayNode failed = data.putArray("failed_nodes");
            failed().forEach(failed::add);
        }
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("type", "run." + event).put("timestamp", now.toString());
        message.set("data", data);
        return Json.text(message);
    }

    private List<String> failed() {
        return run.models().stream()
                .filter(node -> node.verdict() == NodeResult.Verdict.ERROR)
                .map(NodeResult::name)
                .toList();
    }

    private String text() {
        String what = "dbt " + run.verb() + " of " + run.pipeline() + " (run " + run.runId() + ") ";
        if (run.state() == RunState.RUNNING) {
            return what + "has started.";
        }
        String seconds = run.seconds() == null ? "" : " after " + String.format(Locale.ROOT, "%.1f s", run.seconds());
        return run.error() == null
                ? what + "has succeeded" + seconds + "."
                : what + (run.state() == RunState.CANCELLED ? "was cancelled" : "has failed") + seconds + ": "
                        + run.error().message();
    }
}
