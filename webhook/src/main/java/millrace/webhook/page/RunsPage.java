package millrace.webhook.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFilter;
import millrace.webhook.run.RunState;
import millrace.webhook.run.Verb;

/** The list of runs. */
public final class RunsPage {
    private static final String BODY = """
            <h1>Runs of dbt</h1>
            <form class="filter" method="get" action="/runs">{}<button type="submit">Show</button></form>
            <div data-live>{}</div>
            {}
            """;

    private RunsPage() {}

    /**
     * The page.
     *
     * @param pipelines names to choose from
     * @param next the address of the rest; empty when there is none
     */
    public static Html of(
            List<Run> runs, RunFilter filter, List<String> pipelines, Optional<String> next, Links links, Instant now) {
        List<Html> fields = List.of(
                choice("pipeline", "Pipeline", pipelines, filter.pipeline().orElse("")),
                choice(
                        "state",
                        "State",
                        Stream.of(RunState.values()).map(RunState::word).toList(),
                        filter.state().map(RunState::word).orElse("")),
                choice(
                        "command",
                        "Command",
                        Verb.all(),
                        filter.verb().map(Verb::spelled).orElse("")));
        Html body = Html.of(
                BODY,
                fields,
                RunsTable.of(runs, now),
                next.map(address -> Html.of("<p><a href=\"{}\">Older runs</a></p>", address))
                        .orElse(Html.NONE));
        return Layout.page("Runs", "/runs", links, body);
    }

    private static Html choice(String name, String label, List<String> words, String chosen) {
        List<Html> options = new ArrayList<>(List.of(Html.of("<option value=\"\">all</option>")));
        words.forEach(word -> options.add(
                Html.of("<option{}>{}</option>", word.equals(chosen) ? Html.of(" selected") : Html.NONE, word)));
        return Html.of("<label>{} <select name=\"{}\">{}</select></label>", label, name, options);
    }
}
