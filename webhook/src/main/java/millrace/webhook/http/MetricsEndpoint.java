package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFilter;
import millrace.webhook.service.Health;
import millrace.webhook.warehouse.LoadedTable;
import millrace.webhook.warehouse.Overview;

/** What can be measured of runs, models and tables, for Prometheus. */
final class MetricsEndpoint implements Handler {
    private final Parts parts;
    private final Health health;

    MetricsEndpoint(Parts parts) {
        this.parts = requireNonNull(parts, "parts is null");
        this.health = new Health(parts.settings(), parts.pipelines());
    }

    @Override
    public void handle(Context ctx) {
        Exposition out = new Exposition();
        single(
                out,
                "millrace_webhook_ready",
                "1 while a run could start",
                health.problems().isEmpty() ? 1 : 0);
        single(
                out,
                "millrace_webhook_active_runs",
                "Runs of dbt that go on",
                parts.runs().active().size());
        single(
                out,
                "millrace_webhook_waiting_runs",
                "Runs that wait for their turn",
                parts.runs().waiting());
        runs(out);
        tables(out, parts.loads().overview());
        ctx.contentType(Exposition.TYPE).result(out.toString());
    }

    private static void single(Exposition out, String name, String help, double value) {
        out.gauge(name, help).sample(name, Map.of(), value);
    }

    private void runs(Exposition out) {
        String kept = "millrace_webhook_runs";
        out.gauge(kept, "Runs that are kept, by state");
        parts.runs().counts().forEach((labels, count) -> out.sample(kept, labels, count));
        Map<String, Run> last = new LinkedHashMap<>();
        parts.pipelines()
                .names()
                .forEach(name -> parts.runs().list(RunFilter.of(name, 10)).stream()
                        .filter(run -> run.state().hasEnded())
                        .findFirst()
                        .ifPresent(run -> last.put(name, run)));
        ofEach(
                out,
                last,
                "millrace_webhook_last_run_success",
                "1 when the last run succeeded",
                run -> switch (run.state()) {
                    case SUCCESS -> 1;
                    case QUEUED, RUNNING, FAILED, CANCELLED -> 0;
                });
        ofEach(out, last, "millrace_webhook_last_run_seconds", "How long the last run took", Run::seconds);
        ofEach(
                out,
                last,
                "millrace_webhook_last_run_timestamp_seconds",
                "When the last run ended",
                run -> seconds(run.finishedAt()));
        String model = "millrace_webhook_model_seconds";
        out.gauge(model, "How long each node took in the last run");
        last.keySet()
                .forEach(name -> parts.runs()
                        .seconds(name, 1)
                        .forEach((node, times) -> times.stream()
                                .reduce((first, second) -> second)
                                .ifPresent(time -> out.sample(model, labels(name, "node", node), time))));
    }

    private static void ofEach(
            Exposition out, Map<String, Run> last, String name, String help, ToDoubleFunction<Run> value) {
        out.gauge(name, help);
        last.forEach((pipeline, run) -> out.sample(name, Map.of("pipeline", pipeline), value.applyAsDouble(run)));
    }

    private static void tables(Exposition out, Overview overview) {
        single(
                out,
                "millrace_warehouse_up",
                "1 while ClickHouse answers",
                overview.problem().isEmpty() ? 1 : 0);
        ofEach(out, overview, "millrace_table_rows", "Rows of a loaded table", LoadedTable::rows);
        ofEach(out, overview, "millrace_table_bytes", "Its size on disk", LoadedTable::bytes);
        ofEach(
                out,
                overview,
                "millrace_table_last_load_success",
                "1 when its last load went well",
                table -> table.isGood() ? 1 : 0);
        ofEach(
                out,
                overview,
                "millrace_table_loaded_timestamp_seconds",
                "When its last good load ended; 0 when none did",
                table -> table.goodAt() == null ? 0 : seconds(table.goodAt()));
    }

    private static void ofEach(
            Exposition out, Overview overview, String name, String help, ToDoubleFunction<LoadedTable> value) {
        out.gauge(name, help);
        overview.tables()
                .forEach(table ->
                        out.sample(name, labels(table.pipeline(), "table", table.name()), value.applyAsDouble(table)));
    }

    private static Map<String, String> labels(String pipeline, String name, String value) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("pipeline", pipeline);
        labels.put(name, value);
        return labels;
    }

    private static double seconds(Instant moment) {
        return moment.toEpochMilli() / 1000.0;
    }
}
