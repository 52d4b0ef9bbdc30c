package millrace.webhook.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunState;
import millrace.webhook.run.Summary;

/** One run. */
public final class RunPage {
    private static final String BODY = """
            <p class="path"><a href="/runs">Runs</a> / {}</p>
            <div class="title"><h1 class="code">{}</h1>{}{}</div>
            {}
            <dl class="facts card">{}</dl>
            {}
            <section aria-labelledby="log"><div class="title"><h2 id="log">Log</h2><a href="/api/v1/runs/{}/logs">as text</a></div>
            <pre class="log" tabindex="0" role="log" aria-labelledby="log" data-run="{}" data-offset="{}" data-ended="{}">{}</pre></section>
            """;

    private static final String NODES = """
            <section aria-labelledby="nodes"><h2 id="nodes">Nodes</h2>{}</section>
            """;

    private RunPage() {}

    /**
     * What is there of the log.
     *
     * @param text its last lines
     * @param next the offset at which it goes on, in bytes
     */
    public record Log(String text, long next) {}

    /** @param history seconds of each node in the last runs, oldest first, by dbt's unique id */
    public static Html of(
            Run run, Log log, Map<String, List<Double>> history, List<String> artifacts, Links links, Instant now) {
        boolean ended = run.state().hasEnded();
        Html body = Html.of(
                BODY,
                run.runId(),
                run.runId(),
                Pill.of(run),
                actions(run),
                run.error() == null
                        ? Html.NONE
                        : Html.of(
                                "<p class=\"banner bad\" role=\"status\">{} {}</p>",
                                run.error().message(),
                                run.error().hint()),
                facts(run, artifacts, now),
                ended && run.models() != null ? Html.of(NODES, Timeline.of(NodeTime.of(run), history)) : Html.NONE,
                run.runId(),
                run.runId(),
                log.next(),
                ended,
                log.text());
        return Layout.page("Run " + run.runId(), "/runs", links, body);
    }

    private static Html actions(Run run) {
        if (!run.state().hasEnded()) {
            return action(run, "cancel", "Cancel");
        }
        return run.state() == RunState.SUCCESS ? Html.NONE : action(run, "retry", "Retry what is left");
    }

    private static Html action(Run run, String what, String words) {
        return Html.of(
                "<form method=\"post\" action=\"/runs/{}/{}\"><button type=\"submit\">{}</button></form>",
                run.runId(),
                what,
                words);
    }

    private static List<Html> facts(Run run, List<String> artifacts, Instant now) {
        List<Html> facts = new ArrayList<>();
        facts.add(fact("Pipeline", Html.of("{}", run.pipeline())));
        facts.add(fact("Command", Html.of("<code>dbt {}</code>", String.join(" ", run.command()))));
        facts.add(fact("Cause", cause(run)));
        facts.add(fact("Target", Html.of("{}", run.target())));
        facts.add(fact("Asked for", Words.ago(run.createdAt(), now)));
        facts.add(fact("Began", Words.ago(run.startedAt(), now)));
        if (run.seconds() != null) {
            facts.add(fact("Took", Html.of("{}", Words.seconds(run.seconds()))));
        }
        if (run.summary() != null) {
            facts.add(fact("Nodes", Html.of("{}", words(run.summary()))));
        }
        if (run.skipped() != null) {
            facts.add(fact(
                    "Left out",
                    Html.of(
                            "<ul>{}</ul>",
                            run.skipped().stream()
                                    .map(each -> Html.of("<li>{}</li>", each))
                                    .toList())));
        }
        if (!artifacts.isEmpty()) {
            facts.add(fact(
                    "Artifacts",
                    Html.of(
                            "{}",
                            artifacts.stream()
                                    .map(name -> Html.of(
                                            "<a href=\"/api/v1/runs/{}/artifacts/{}\">{}</a> ",
                                            run.runId(),
                                            name,
                                            name))
                                    .toList())));
        }
        return facts;
    }

    private static Html cause(Run run) {
        return run.retryOf() == null
                ? Html.of("{}", run.cause())
                : Html.of("retry of <a href=\"/runs/{}\">{}</a>", run.retryOf(), run.retryOf());
    }

    private static String words(Summary summary) {
        List<String> words = new ArrayList<>(List.of(summary.pass() + " of " + summary.total() + " passed"));
        add(words, summary.warn(), "warned");
        add(words, summary.error(), "failed");
        add(words, summary.skip(), "skipped");
        return String.join(", ", words);
    }

    private static void add(List<String> words, int number, String what) {
        if (number > 0) {
            words.add(number + " " + what);
        }
    }

    private static Html fact(String name, Html value) {
        return Html.of("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
    }
}
