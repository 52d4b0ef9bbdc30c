package millrace.webhook.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import millrace.webhook.warehouse.Load;
import millrace.webhook.warehouse.LoadedTable;

/** A table and its loads. */
public final class TablePage {
    private static final int DRAWN = 60;
    private static final String BODY = """
            <div data-live>
            <p class="path"><a href="/">Home</a> / {}</p>
            <div class="title"><h1>{}</h1>{}</div>
            <p class="quiet">{}</p>
            <div class="tiles">{}</div>
            <div class="pair">
            <section class="card" aria-labelledby="rows"><h2 id="rows">Rows after each load</h2>{}</section>
            <section class="card" aria-labelledby="bytes"><h2 id="bytes">Bytes sent by the source</h2>{}</section>
            </div>
            <section class="card" aria-labelledby="shape"><h2 id="shape">Changes of its shape</h2>{}</section>
            <section aria-labelledby="loads"><h2 id="loads">Loads</h2>{}</section>
            </div>
            """;

    private static final String LOADS = """
            <div class="scroll"><table>
            <thead><tr><th scope="col">Began</th><th scope="col">Outcome</th><th scope="col">Mode</th>
            <th scope="col" class="number">Rows</th><th scope="col" class="number">Bytes</th><th scope="col" class="number">Took</th>
            <th scope="col">What was done</th></tr></thead>
            <tbody>{}</tbody></table></div>
            """;

    private TablePage() {}

    /** The address of a table's page. */
    static String address(String table) {
        return "/tables/" + URLEncoder.encode(table, UTF_8).replace("+", "%20");
    }

    /** @param loads newest first */
    public static Html of(LoadedTable table, List<Load> loads, Links links, Instant now) {
        List<Load> good =
                new ArrayList<>(loads.stream().filter(Load::isGood).limit(DRAWN).toList());
        Collections.reverse(good);
        List<Load> all = new ArrayList<>(loads.stream().limit(DRAWN).toList());
        Collections.reverse(all);
        Html body = Html.of(
                BODY,
                table.pipeline(),
                table.name(),
                table.isGood() ? Pill.good("done") : Pill.bad("failed"),
                "From " + table.source() + ", " + table.mode() + ". " + table.sentence(),
                tiles(table, loads, now),
                Chart.bars(
                        points(good, Load::tableRows, false),
                        "Rows after each load, the oldest first",
                        top(good, Load::tableRows, false)),
                Chart.bars(
                        points(all, Load::bytes, true),
                        "Bytes of each load, the oldest first",
                        top(all, Load::bytes, true)),
                shape(loads, now),
                Html.of(LOADS, loads.stream().map(load -> row(load, now)).toList()));
        return Layout.page(table.name(), "", links, body);
    }

    private static List<Chart.Point> points(List<Load> loads, ToLongFunction<Load> what, boolean isBytes) {
        return loads.stream()
                .map(load -> new Chart.Point(
                        what.applyAsLong(load),
                        Words.moment(load.startedAt()) + ": " + amount(what.applyAsLong(load), isBytes)
                                + (load.isGood() ? "" : ", failed"),
                        load.isGood()))
                .toList();
    }

    private static String top(List<Load> loads, ToLongFunction<Load> what, boolean isBytes) {
        return amount(loads.stream().mapToLong(what).max().orElse(0), isBytes);
    }

    private static String amount(long number, boolean isBytes) {
        return isBytes ? Words.bytes(number) : Words.count(number);
    }

    private static List<Html> tiles(LoadedTable table, List<Load> loads, Instant now) {
        double typical =
                median(loads.stream().filter(Load::isGood).map(Load::seconds).toList());
        return List.of(
                tile(
                        "Rows",
                        Html.of("{}", Words.count(table.rows())),
                        table.bytes() == 0 ? "" : Words.bytes(table.bytes()) + " on disk"),
                tile("Fresh as of", Words.ago(table.goodAt(), now), "the last good load"),
                tile("Last new rows", Words.ago(table.rowsAt(), now), "the last load that brought any"),
                tile("A load takes", Html.of("{}", Words.seconds(typical)), "the median of those shown"));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    private static Html tile(String what, Html value, String more) {
        return Html.of(
                "<div class=\"tile\"><span class=\"what\">{}</span><strong>{}</strong><span class=\"quiet\">{}</span></div>",
                what,
                value,
                more);
    }

    /** What the loader says of columns in the sentences of its loads. */
    private static Html shape(List<Load> loads, Instant now) {
        List<Html> changes = loads.stream()
                .filter(Load::isGood)
                .flatMap(load -> changes(load)
                        .map(change -> Html.of("<li>{} {}</li>", change, Words.ago(load.startedAt(), now))))
                .toList();
        return changes.isEmpty()
                ? Html.of("<p class=\"quiet\">None in the loads shown.</p>")
                : Html.of("<ul>{}</ul>", changes);
    }

    static Stream<String> changes(Load load) {
        return load.shapeChanges().stream().map(change -> "C" + change.substring(1));
    }

    private static Html row(Load load, Instant now) {
        return Html.of(
                "<tr><td>{}</td><td>{}</td><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>"
                        + "<td class=\"number\">{}</td><td>{}</td></tr>",
                Words.ago(load.startedAt(), now),
                load.isGood() ? Pill.good("done") : Pill.bad("failed"),
                load.mode(),
                Words.count(load.rows()),
                Words.bytes(load.bytes()),
                Words.seconds(load.seconds()),
                load.sentence()
                        + (load.replaced() == 0 ? "" : " " + Words.counted(load.replaced(), "value") + " replaced."));
    }
}
