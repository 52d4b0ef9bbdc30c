package millrace.webhook.run;

import static java.util.Objects.requireNonNull;

/**
 * What became of one node of the dbt project: a model, a test, a snapshot or whatever else dbt builds.
 *
 * @param name the node's name
 * @param type dbt's resource type: model, test, unit_test, seed, snapshot
 * @param status dbt's word for it: success, pass, warn, fail, error, skipped
 * @param seconds how long it took
 * @param message what dbt says about it, empty when it says nothing
 */
public record NodeResult(String name, String type, String status, double seconds, String message) {
    public NodeResult {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(status, "status is null");
        requireNonNull(message, "message is null");
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

    /** The columns of dbt's own summary line. */
    public enum Verdict {
        PASS,
        WARN,
        ERROR,
        SKIP,
        NO_OP
    }
}
