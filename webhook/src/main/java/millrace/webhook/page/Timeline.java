package millrace.webhook.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import millrace.webhook.run.NodeResult;

/** The nodes of a run in the order in which dbt began them, each with a bar where it stands in the run's time. */
final class Timeline {
    private static final int WIDTH = 300;
    private static final String TABLE = """
            <div class="scroll"><table class="timeline">
            <thead><tr><th scope="col">Node</th><th scope="col">Status</th><th scope="col">In the run's time, 0 to {}</th>
            <th scope="col" class="number">Took</th><th scope="col">Last 30 runs</th><th scope="col" class="number">Rows</th></tr></thead>
            <tbody>{}</tbody></table></div>
            """;

    private Timeline() {}

    /** @param history seconds of each node in the last runs, oldest first, by dbt's unique id */
    static Html of(List<NodeTime> nodes, Map<String, List<Double>> history) {
        if (nodes.isEmpty()) {
            return Html.of("<p class=\"quiet\">dbt has told of none.</p>");
        }
        Instant begin = nodes.stream()
                .map(NodeTime::begin)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        double length = nodes.stream()
                .mapToDouble(node -> since(begin, node) + node.result().seconds())
                .max()
                .orElse(1);
        return Html.of(
                TABLE,
                Words.seconds(length),
                nodes.stream()
                        .sorted(Comparator.comparing(NodeTime::begin))
                        .map(node -> row(node, begin, Math.max(length, 0.001), history))
                        .toList());
    }

    private static double since(Instant begin, NodeTime node) {
        return Duration.between(begin, node.begin()).toMillis() / 1000.0;
    }

    private static Html row(NodeTime node, Instant begin, double length, Map<String, List<Double>> history) {
        var result = node.result();
        double from = WIDTH * since(begin, node) / length;
        double width = Math.max(2, WIDTH * result.seconds() / length);
        String kind = switch (result.verdict()) {
            case PASS -> "bar";
            case WARN -> "bar warn";
            case ERROR -> "bar bad";
            case SKIP, NO_OP -> "bar none";
        };
        Html bar = Html.of(
                "<svg class=\"lane\" viewBox=\"0 0 {} 14\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                        + "<rect class=\"track\" width=\"{}\" height=\"14\"/>"
                        + "<rect class=\"{}\" x=\"{}\" width=\"{}\" y=\"2\" height=\"10\" rx=\"2\"/></svg>",
                WIDTH,
                WIDTH,
                kind,
                Chart.number(Math.min(from, WIDTH - 2)),
                Chart.number(width));
        return Html.of(
                "<tr><th scope=\"row\">{}<span class=\"quiet\"> {}</span>{}{}</th><td>{}</td><td>{}</td><td class=\"number\">{}</td>"
                        + "<td>{}</td><td class=\"number\">{}</td></tr>",
                result.name(),
                result.type(),
                message(result),
                sql(result.sql()),
                Pill.of(result),
                bar,
                Words.seconds(result.seconds()),
                Chart.spark(history.getOrDefault(result.uniqueId(), List.of()), "Seconds in the last runs"),
                result.rows() == null ? "" : Words.count(result.rows()));
    }

    private static Html message(NodeResult result) {
        return result.message().isEmpty() || result.verdict() == NodeResult.Verdict.PASS
                ? Html.NONE
                : Html.of("<p class=\"message\">{}</p>", result.message());
    }

    private static Html sql(String sql) {
        return sql == null
                ? Html.NONE
                : Html.of("<details><summary>SQL</summary><pre tabindex=\"0\">{}</pre></details>", sql.strip());
    }
}
