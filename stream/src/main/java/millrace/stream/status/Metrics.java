package millrace.stream.status;

import java.util.List;
import java.util.Map;

/** Says what /status says in the text format of Prometheus. */
final class Metrics {
    private static final List<String> KINDS = List.of("inserts", "updates", "deletes");

    private final StringBuilder out = new StringBuilder();
    private final Map<String, Object> status;
    private final String pipeline;

    private Metrics(Map<String, Object> status) {
        this.status = status;
        pipeline = "pipeline=\"" + escaped((String) status.get("pipeline")) + "\"";
    }

    static String of(Map<String, Object> status) {
        Metrics metrics = new Metrics(status);
        metrics.gauge("healthy", "1 while all is well", status.get("healthy").equals(true) ? 1 : 0);
        metrics.gauge("lag_bytes", "Log that has come and is not in ClickHouse", status.get("lag_bytes"));
        metrics.gauge("lag_seconds", "Age of the oldest change that waits", status.get("lag_seconds"));
        metrics.gauge("waiting_changes", "Changes that wait to be written", status.get("waiting_changes"));
        metrics.gauge("copied_rows", "Rows copied", status.get("copied_rows"));
        metrics.gauge("last_write_seconds", "Time that the last batch took", status.get("last_write_seconds"));
        metrics.gauge("quarantined_rows", "Rows that readers are not shown", status.get("quarantined"));
        if (status.get("slot") instanceof Map<?, ?> slot && !slot.isEmpty()) {
            metrics.gauge("slot_retained_bytes", "Log that the source keeps for the slot", slot.get("retained_bytes"));
            metrics.gauge("slot_limit_bytes", "How much it may keep", slot.get("limit_bytes"));
        }
        metrics.total("batches", "Batches written", status.get("batches"));
        metrics.total("write_seconds", "Time spent writing", status.get("write_seconds"));
        metrics.tables();
        return metrics.out.toString();
    }

    private void tables() {
        head("table_followed", "gauge", "1 while the table's changes are followed");
        forEachTable((label, table) ->
                line("table_followed", label, table.get("state").equals("following") ? 1 : 0));
        head("changes_total", "counter", "Changes written, by table and kind");
        forEachTable((label, table) -> {
            for (String kind : KINDS) {
                line(
                        "changes_total",
                        label + ",kind=\"" + kind.substring(0, kind.length() - 1) + "\"",
                        table.get(kind));
            }
        });
    }

    private interface OnTable {
        void on(String label, Map<?, ?> table);
    }

    private void forEachTable(OnTable action) {
        ((Map<?, ?>) status.get("tables"))
                .forEach((name, table) ->
                        action.on(pipeline + ",table=\"" + escaped((String) name) + "\"", (Map<?, ?>) table));
    }

    private void gauge(String name, String help, Object value) {
        head(name, "gauge", help);
        line(name, pipeline, value);
    }

    private void total(String name, String help, Object value) {
        head(name + "_total", "counter", help);
        line(name + "_total", pipeline, value);
    }

    private void head(String name, String type, String help) {
        out.append("# HELP millrace_follow_")
                .append(name)
                .append(' ')
                .append(help)
                .append(".\n");
        out.append("# TYPE millrace_follow_")
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private void line(String name, String labels, Object value) {
        out.append("millrace_follow_").append(name).append('{').append(labels).append("} ");
        out.append(value).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
