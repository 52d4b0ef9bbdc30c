package millrace.webhook.outgoing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import millrace.service.Json;
import millrace.webhook.run.NodeResult;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunState;

/** What targets are told of a run, as it begins and as it ends. */
public final class RunMessage {
    private RunMessage() {}

    /** Of a run in the state that it has come to; it does not wait. */
    public static Message of(Run run) {
        String event = switch (run.state()) {
            case RUNNING -> "started";
            case SUCCESS -> "completed";
            case FAILED -> "errored";
            case CANCELLED -> "cancelled";
            case QUEUED -> throw new IllegalArgumentException("a run that waits is no event");
        };
        return new Message("msg_" + run.runId() + "_" + event, "run." + event, data(run), text(run));
    }

    private static ObjectNode data(Run run) {
        ObjectNode data = Json.tree(run.brief());
        if (run.models() != null) {
            ArrayNode failed = data.putArray("failed_nodes");
            run.models().stream()
                    .filter(node -> node.verdict() == NodeResult.Verdict.ERROR)
                    .forEach(node -> failed.add(node.name()));
        }
        return data;
    }

    private static String text(Run run) {
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
