package millrace.webhook.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import millrace.webhook.run.Run;

/** Millrace's home: how its pipelines are. */
public final class HomePage {
    private static final String BODY = """
            <div data-live>
            <div class="title"><h1>Pipelines</h1><p class="quiet">As of {}</p></div>
            {}
            <div class="tiles">{}</div>
            {}
            <section aria-labelledby="runs"><div class="title"><h2 id="runs">Last runs of dbt</h2><a href="/runs">All runs</a></div>
            {}</section>
            </div>
            """;

    private HomePage() {}

    /**
     * The page.
     *
     * @param problems sentences on what is wrong with Millrace itself
     * @param runs the last ones
     */
    public static Html of(
            List<PipelineState> pipelines, List<String> problems, List<Run> runs, Links links, Instant now) {
        List<Html> alerts = Alerts.of(pipelines, problems, now);
        Html body = Html.of(
                BODY,
                Html.of("<time datetime=\"{}\">{}</time>", now, Words.moment(now)),
                alerts(alerts),
                tiles(pipelines, now),
                pipelines.isEmpty()
                        ? Html.of("<p class=\"card\">There is no pipeline yet: add a file to the folder pipelines.</p>")
                        : new Html(join(pipelines.stream()
                                .map(pipeline -> PipelineCard.of(pipeline, links, now))
                                .toList())),
                RunsTable.of(runs, now));
        return Layout.page("Millrace", "/", links, body);
    }

    private static Html alerts(List<Html> alerts) {
        if (alerts.isEmpty()) {
            return Html.of("<p class=\"banner good\" role=\"status\">All is well.</p>");
        }
        return Html.of(
                "<section class=\"banner bad\" aria-labelledby=\"alerts\"><h2 id=\"alerts\">{} to look at</h2><ul>{}</ul></section>",
                Words.counted(alerts.size(), "thing"),
                alerts.stream().map(alert -> Html.of("<li>{}</li>", alert)).toList());
    }

    private static List<Html> tiles(List<PipelineState> pipelines, Instant now) {
        long tables = pipelines.stream().mapToLong(it -> it.tables().size()).sum();
        long loads = sum(pipelines, it -> it.loadsOfDay());
        long failed = sum(pipelines, it -> it.failuresOfDay());
        List<Html> tiles = new ArrayList<>();
        tiles.add(tile(Words.count(pipelines.size()), "Pipelines", Words.counted(tables, "table")));
        tiles.add(tile(
                Words.shortCount(sum(pipelines, it -> it.rows())),
                "Rows in ClickHouse",
                Words.bytes(sum(pipelines, it -> it.bytes())) + " on disk"));
        tiles.add(tile(
                Words.count(loads),
                "Loads of tables in 24 h",
                failed == 0 ? "none failed" : Words.count(failed) + " failed"));
        tiles.add(tile(
                pipelines.stream()
                        .flatMap(it -> it.lastLoad().stream())
                        .max(Instant::compareTo)
                        .map(it -> Words.age(it, now))
                        .orElse("never"),
                "Last load",
                "of any pipeline"));
        return tiles;
    }

    private static long sum(
            List<PipelineState> pipelines,
            java.util.function.ToLongFunction<millrace.webhook.warehouse.LoadedTable> what) {
        return pipelines.stream()
                .flatMap(it -> it.tables().stream())
                .mapToLong(what)
                .sum();
    }

    private static Html tile(String number, String what, String more) {
        return Html.of(
                "<div class=\"tile\"><span class=\"what\">{}</span><strong>{}</strong><span class=\"quiet\">{}</span></div>",
                what,
                number,
                more);
    }

    private static String join(List<Html> pieces) {
        return String.join("\n", pieces.stream().map(Html::text).toList());
    }
}
