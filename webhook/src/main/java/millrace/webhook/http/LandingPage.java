package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.stream.Collectors;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFilter;
import millrace.webhook.run.Summary;
import millrace.webhook.service.Runs;

/** The page for people who open the webhook in a browser. */
final class LandingPage implements Handler {
    private static final int SHOWN = 20;
    private static final String ENDPOINTS = """
            <p>Runs dbt over HTTP, one run at a time.</p>
            <table>
            <tr><td><code>POST /webhook/manual</code></td><td>run dbt and wait for the outcome, model by model</td></tr>
            <tr><td><code>POST /webhook</code></td><td>start a run and return at once</td></tr>
            <tr><td><code>POST /api/v1/runs</code></td><td>the same, for programs: <code>{"pipeline":"name"}</code></td></tr>
            <tr><td><a href="/api/v1/runs"><code>GET /api/v1/runs</code></a></td><td>the last 100 runs</td></tr>
            <tr><td><code>GET /api/v1/runs/{id}</code></td><td>one run, model by model</td></tr>
            <tr><td><code>GET /api/v1/runs/{id}/logs?offset=N</code></td><td>its log from byte N on</td></tr>
            <tr><td><code>POST /api/v1/runs/{id}/cancel</code></td><td>end a run</td></tr>
            <tr><td><a href="/status"><code>GET /status</code></a></td><td>the current and the last run</td></tr>
            <tr><td><a href="/health"><code>GET /health</code></a></td><td>whether a run could start</td></tr>
            <tr><td><a href="/dbt-docs/"><code>GET /dbt-docs/</code></a></td><td>the documentation of models and columns</td></tr>
            </table>
            """;

    private final Runs runs;

    LandingPage(Runs runs) {
        this.runs = requireNonNull(runs, "runs is null");
    }

    @Override
    public void handle(Context ctx) {
        Page.policy(ctx);
        ctx.contentType("text/html; charset=utf-8")
                .result(Page.of("Millrace webhook", ENDPOINTS + table(runs.list(RunFilter.newest(SHOWN)))));
    }

    private static String table(List<Run> runs) {
        if (runs.isEmpty()) {
            return "<h2>Runs</h2><p>None yet.</p>";
        }
        return runs.stream()
                .map(LandingPage::row)
                .collect(Collectors.joining(
                        "\n",
                        "<h2>Runs</h2>\n<table>\n<tr><th>run</th><th>pipeline</th><th>state</th><th>seconds</th>"
                                + "<th>nodes</th><th></th></tr>\n",
                        "\n</table>"));
    }

    private static String row(Run run) {
        String address = "/api/v1/runs/" + run.runId();
        String state = run.state().word();
        return "<tr><td><a href=\"" + address + "\">" + run.runId() + "</a></td><td>" + Page.escape(run.pipeline())
                + "</td><td class=\"" + state + "\">" + state + "</td><td>"
                + (run.seconds() == null ? "" : run.seconds()) + "</td><td>" + nodes(run)
                + "</td><td><a href=\"" + address + "/logs\">log</a></td></tr>";
    }

    private static String nodes(Run run) {
        if (run.error() != null) {
            return Page.escape(run.error().message());
        }
        Summary summary = run.summary();
        return summary == null ? "" : summary.pass() + " of " + summary.total() + " passed";
    }
}
