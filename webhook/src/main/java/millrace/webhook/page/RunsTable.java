package millrace.webhook.page;

import java.time.Instant;
import java.util.List;
import millrace.webhook.run.Run;
import millrace.webhook.run.Summary;

/** Runs, a line each. */
final class RunsTable {
    private static final String TABLE = """
            <div class="scroll"><table>
            <thead><tr><th scope="col">Run</th><th scope="col">State</th><th scope="col">Pipeline</th><th scope="col">Command</th>
            <th scope="col">Cause</th><th scope="col">Asked for</th><th scope="col" class="number">Took</th><th scope="col">Nodes</th></tr></thead>
            <tbody>{}</tbody></table></div>
            """;

    private RunsTable() {}

    static Html of(List<Run> runs, Instant now) {
        return runs.isEmpty()
                ? Html.of("<p class=\"quiet\">None yet.</p>")
                : Html.of(TABLE, runs.stream().map(run -> row(run, now)).toList());
    }

    private static Html row(Run run, Instant now) {
        return Html.of(
                "<tr><th scope=\"row\"><a class=\"code\" href=\"/runs/{}\">{}</a></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
                        + "<td>{}</td><td class=\"number\">{}</td><td>{}</td></tr>",
                run.runId(),
                run.runId(),
                Pill.of(run),
                run.pipeline(),
                run.verb(),
                run.cause(),
                Words.ago(run.createdAt(), now),
                run.seconds() == null ? "" : Words.seconds(run.seconds()),
                nodes(run));
    }

    private static String nodes(Run run) {
        if (run.error() != null) {
            return run.error().message();
        }
        Summary summary = run.summary();
        return summary == null ? "" : summary.pass() + " of " + summary.total() + " passed";
    }
}
