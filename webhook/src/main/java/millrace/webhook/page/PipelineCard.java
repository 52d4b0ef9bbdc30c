package millrace.webhook.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import millrace.webhook.run.RunState;
import millrace.webhook.warehouse.Follower;
import millrace.webhook.warehouse.LoadedTable;

/** A pipeline on the front page. */
final class PipelineCard {
    private static final String CARD = """
            <section class="card" aria-labelledby="p-{}">
            <div class="title"><h2 id="p-{}">{}</h2>{}
            <form method="post" action="/runs"><input type="hidden" name="pipeline" value="{}">
            <button type="submit">Run dbt</button></form></div>
            <p class="quiet">{}</p>
            <dl class="facts">{}</dl>
            {}
            </section>
            """;

    private static final String TABLES = """
            <div class="scroll"><table>
            <thead><tr><th scope="col">Table</th><th scope="col">Last load</th><th scope="col">Mode</th>
            <th scope="col" class="number">Rows</th><th scope="col">Trend</th><th scope="col" class="number">Size</th>
            <th scope="col">Fresh as of</th></tr></thead>
            <tbody>{}</tbody></table></div>
            """;

    private PipelineCard() {}

    static Html of(PipelineState pipeline, Links links, Instant now) {
        String name = pipeline.about().name();
        return Html.of(
                CARD,
                name,
                name,
                name,
                state(pipeline, now),
                name,
                pipeline.about().description(),
                facts(pipeline, links, now),
                pipeline.tables().isEmpty()
                        ? Html.of("<p class=\"quiet\">No table has been loaded yet.</p>")
                        : Html.of(
                                TABLES,
                                pipeline.tables().stream()
                                        .map(table -> row(table, now))
                                        .toList()));
    }

    private static Html state(PipelineState pipeline, Instant now) {
        if (!pipeline.failing().isEmpty() || pipeline.lastRunFailed()) {
            return Pill.bad("failing");
        }
        if (pipeline.follower().isPresent()) {
            Follower follower = pipeline.follower().get();
            boolean isAway = follower.isStopped() || follower.isSilent(now);
            return isAway ? Pill.bad("not followed") : Pill.good(follower.state());
        }
        return pipeline.tables().isEmpty() ? Pill.quiet("never loaded") : Pill.good("well");
    }

    private static List<Html> facts(PipelineState pipeline, Links links, Instant now) {
        List<Html> facts = new ArrayList<>();
        pipeline.follower()
                .ifPresentOrElse(
                        follower -> followed(facts, follower, now),
                        () -> facts.add(fact(
                                "Fresh as of", Words.ago(pipeline.freshUntil().orElse(null), now))));
        facts.add(fact("Last load", Words.ago(pipeline.lastLoad().orElse(null), now)));
        facts.add(fact("Last run", lastRun(pipeline, now)));
        facts.add(fact("Rows", Html.of("{}", Words.count(pipeline.rows()))));
        if (links.airflow().isPresent() && !pipeline.about().dag().isEmpty()) {
            String address =
                    Links.at(links.airflow().get(), "/dags/" + pipeline.about().dag());
            facts.add(fact("In Airflow", Layout.link(address, pipeline.about().dag())));
        }
        return facts;
    }

    private static void followed(List<Html> facts, Follower follower, Instant now) {
        facts.add(fact(
                "Lag",
                Html.of(
                        "{} <span class=\"quiet\">told {}</span>",
                        Words.seconds(follower.lagSeconds()),
                        Words.ago(follower.at(), now))));
        facts.add(fact("Changes in 1 h", Html.of("{}", Words.count(follower.changesOfHour()))));
        facts.add(fact("Kept by its slot", Html.of("{}", Words.bytes(follower.slotBytes()))));
    }

    private static Html lastRun(PipelineState pipeline, Instant now) {
        return pipeline.lastRun()
                .map(run -> Html.of(
                        "<a href=\"/runs/{}\">{}</a> {}",
                        run.runId(),
                        run.state() == RunState.RUNNING || run.state() == RunState.QUEUED
                                ? Html.of("started")
                                : Html.of("{}", run.state().word()),
                        Words.ago(run.finishedAt() == null ? run.createdAt() : run.finishedAt(), now)))
                .orElseGet(() -> Words.ago(null, now));
    }

    private static Html fact(String name, Html value) {
        return Html.of("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
    }

    private static Html row(LoadedTable table, Instant now) {
        return Html.of(
                "<tr><th scope=\"row\"><a href=\"{}\">{}</a></th><td>{} {}</td><td>{}</td><td class=\"number\">{}</td>"
                        + "<td>{}</td><td class=\"number\">{}</td><td>{}</td></tr>",
                TablePage.address(table.name()),
                table.name(),
                table.isGood() ? Pill.good("done") : Pill.bad("failed"),
                Words.ago(table.endedAt(), now),
                table.mode(),
                Words.count(table.rows()),
                Chart.spark(table.trend(), "Rows after the last loads of " + table.name()),
                table.bytes() == 0 ? "" : Words.bytes(table.bytes()),
                Words.ago(table.goodAt(), now));
    }
}
