package millrace.webhook.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of one node of the dbt project: a model, a test, a snapshot or whatever else dbt builds.
 *
 * @param name the node's name
 * @param type dbt's resource type: model, test, unit_test, seed, snapshot, source
 * @param status dbt's word for it: success, pass, warn, fail, error, skipped
 * @param seconds how long it took
 * @param message what dbt says about it, empty when it says nothing
 * @param uniqueId dbt's name for it, unique in the project
 * @param startedAt when dbt began with it; null when it did not
 * @param thread of dbt that did it; null when none did
 * @param rows that it wrote, as the database counted them; null when it does not tell
 * @param relation the table or view; null when it is none
 * @param sql as it was sent, without what dbt wraps around it; null when there is none
 */
public record NodeResult(
        String name,
        String type,
        String status,
        double seconds,
        String message,
        String uniqueId,
        Instant startedAt,
        String thread,
        Long rows,
        String relation,
        String sql) {
    public NodeResult {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(status, "status is null");
        requireNonNull(message, "message is null");
        requireNonNull(uniqueId, "uniqueId is null");
    }

    /** What this result counts as. */
    public Verdict verdict() {
        return switch (status) {
            case "success", "pass" -> Verdict.PASS;
            case "warn" -> Verdict.WARN;
            case "skipped" -> Verdict.SKIP;
            case "no-op" -> Verdict.NO_OP;
            default -> Verdict.ERROR;
        };
    }

    /** The result in short, as the answer to a manual run has it. */
    public Map<String, Object> outcome() {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("name", name);
        outcome.put("type", type);
        outcome.put("status", status);
        outcome.put("seconds", seconds);
        outcome.put("message", message);
        return outcome;
    }

    /** The columns of dbt's own summary line. */
    public enum Verdict {
        PASS,
        WARN,
        ERROR,
        SKIP,
        NO_OP
    }
}
