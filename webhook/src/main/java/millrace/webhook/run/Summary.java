package millrace.webhook.run;

import java.util.List;

/** How many nodes ended how; the numbers of dbt's own summary line. A word that is not known counts as an error. */
public record Summary(int pass, int warn, int error, int skip, int noOp, int total) {
    /** Counts results. */
    public static Summary of(List<NodeResult> nodes) {
        return new Summary(
                count(nodes, NodeResult.Verdict.PASS),
                count(nodes, NodeResult.Verdict.WARN),
                count(nodes, NodeResult.Verdict.ERROR),
                count(nodes, NodeResult.Verdict.SKIP),
                count(nodes, NodeResult.Verdict.NO_OP),
                nodes.size());
    }

    @Override
    public String toString() {
        return "pass=%d warn=%d error=%d skip=%d no_op=%d total=%d".formatted(pass, warn, error, skip, noOp, total);
    }

    private static int count(List<NodeResult> nodes, NodeResult.Verdict verdict) {
        return (int) nodes.stream().filter(node -> node.verdict() == verdict).count();
    }
}
