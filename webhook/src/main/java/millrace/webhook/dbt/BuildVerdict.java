package millrace.webhook.dbt;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import millrace.webhook.run.Failure;
import millrace.webhook.run.NodeResult;
import millrace.webhook.run.Run;
import millrace.webhook.run.Verb;

/** Says why a build is red. */
record BuildVerdict(Run run) {
    private static final int MAX_NAMES = 5;

    BuildVerdict {
        requireNonNull(run, "run is null");
    }

    /** Whether it would be strange if nothing had been selected. */
    boolean expectsNodes() {
        return !run.verb().equals(Verb.DOCS_GENERATE.spelled()) && run.skipped() == null;
    }

    /** The verdict on a dbt that ended by itself without being green. */
    Failure red(int exitCode, List<NodeResult> nodes, String complaint) {
        List<NodeResult> bad = nodes.stream()
                .filter(node -> node.verdict() == NodeResult.Verdict.ERROR)
                .toList();
        if (!bad.isEmpty()) {
            return new Failure("dbt_failed", nodesFailed(bad, nodes.size()), seeLog());
        }
        if (exitCode == 0) {
            return new Failure(
                    "nothing_selected",
                    "dbt found nothing to do for '" + String.join(" ", run.command()) + "'.",
                    "Correct what the request selects, or dbt.select in the pipeline's file, or add the models that it names.");
        }
        return new Failure("dbt_error", "dbt ended with exit code " + exitCode + because(complaint), seeLog());
    }

    /** The verdict on a build that the webhook ended because it was told to stop. */
    Failure stopped() {
        return new Failure(
                "webhook_stopped", "The webhook was stopped while dbt was running, and stopped dbt.", "Run it again.");
    }

    /** The verdict on a build that the webhook ended because somebody asked for it. */
    Failure cancelled() {
        return new Failure(
                "cancelled",
                "The run was cancelled, and dbt was ended.",
                "Models that dbt had finished are in place, the others are as they were. " + seeLog());
    }

    /** The verdict on a build that took longer than it may. */
    Failure timedOut(Duration limit) {
        return new Failure(
                "timed_out",
                "dbt timed out: it had not ended after " + limit.toSeconds() + " s, and was ended.",
                "See what it was doing, or raise WEBHOOK_RUN_TIMEOUT. " + seeLog());
    }

    /** The verdict on a dbt that did not start, or whose files cannot be used. */
    Failure notStarted(Exception reason) {
        return new Failure(
                "dbt_not_run",
                "dbt could not be run: " + reason.getMessage() + ".",
                "Check DBT_EXECUTABLE, DBT_PROJECT_DIR and WEBHOOK_STATE; GET /health checks them too.");
    }

    private static String nodesFailed(List<NodeResult> bad, int total) {
        String names = bad.stream().limit(MAX_NAMES).map(NodeResult::name).collect(Collectors.joining(", "));
        String more = bad.size() > MAX_NAMES ? " and " + (bad.size() - MAX_NAMES) + " more" : "";
        return bad.size() + " of " + total + " nodes failed: " + names + more + ".";
    }

    private static String because(String complaint) {
        return complaint.isEmpty() ? "." : ": " + complaint;
    }

    private String seeLog() {
        return "Its log: GET /api/v1/runs/" + run.runId() + "/logs";
    }
}
