package millrace.contract.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A pipeline as the cases have it: what is empty or false is left out. */
final class Resolved {
    private final Map<String, Object> values = new LinkedHashMap<>();

    private Resolved() {}

    static Map<String, Object> of(Pipeline pipeline) {
        Resolved all = new Resolved();
        all.put("pipeline", pipeline.name());
        all.say("description", pipeline.description());
        all.put("dag", dag(pipeline.dag()));
        all.put("source", Map.of("env", pipeline.sourceEnv(), "schema", pipeline.schema()));
        all.put("target", Map.of("env", pipeline.targetEnv(), "database", pipeline.database()));
        all.put("tables", tables(pipeline));
        all.say("exclude", pipeline.exclude().stream().map(Resolved::pattern).toList());
        pipeline.dbt().ifPresent(dbt -> all.put("dbt", Map.of("select", dbt.select())));
        pipeline.follow().ifPresent(follow -> all.put("follow", follow(follow)));
        pipeline.generate().ifPresent(generate -> all.put("generate", generate(generate)));
        pipeline.alerts().ifPresent(alerts -> all.put("alerts", alerts(alerts)));
        return all.values;
    }

    private static Map<String, Object> alerts(AlertOptions options) {
        Resolved alerts = new Resolved();
        alerts.put(
                "when", options.when().stream().map(AlertOptions.Kind::spelled).toList());
        if (options.staleAfterMinutes() > 0) {
            alerts.put("stale_after_minutes", options.staleAfterMinutes());
        }
        return alerts.values;
    }

    private static Map<String, Object> dag(DagOptions options) {
        Resolved dag = new Resolved();
        dag.put("id", options.id());
        dag.say("schedule", options.schedule().orElse(""));
        dag.put("start_date", options.startDate().toString());
        dag.put("retries", options.retries());
        dag.put("retry_delay_minutes", options.retryDelayMinutes());
        return dag.values;
    }

    private static Map<String, Object> follow(FollowOptions options) {
        Resolved follow = new Resolved();
        follow.put("slot", options.slot());
        follow.put("publication", options.publication());
        follow.put("database", options.database());
        follow.put("port", options.port());
        follow.put("resync", options.resyncs() ? "auto" : "ask");
        follow.put("slot_limit_mb", (int) (options.slotLimit() >> 20));
        follow.put("when_slot_full", options.dropsFullSlot() ? "drop" : "keep");
        return follow.values;
    }

    private static Map<String, Object> generate(GenerateOptions options) {
        Resolved generate = new Resolved();
        generate.put("dag", options.dag());
        generate.say("schedule", options.schedule().orElse(""));
        return generate.values;
    }

    /** In the order of the file. */
    private static List<Map<String, Object>> tables(Pipeline pipeline) {
        record Listed(int line, Map<String, Object> values) {}
        Stream<Listed> tables = pipeline.tables().stream()
                .map(entry -> new Listed(
                        entry.line(), table(name(entry.source()), entry.target().table(), entry.options())));
        Stream<Listed> patterns = pipeline.patterns().stream()
                .map(entry -> new Listed(
                        entry.line(),
                        table(pattern(entry.pattern()), entry.target().table(), entry.options())));
        return Stream.concat(tables, patterns)
                .sorted(Comparator.comparingInt(Listed::line))
                .map(Listed::values)
                .toList();
    }

    private static Map<String, Object> table(Map<String, Object> source, String target, TableOptions options) {
        Resolved table = new Resolved();
        table.values.putAll(source);
        table.put("target", target);
        table.put("mode", options.mode().label());
        if (options.mode() instanceof LoadMode.Incremental incremental) {
            table.say("cursor", incremental.cursor());
            table.say("lookback", incremental.lookback());
        }
        table.say("key", options.key());
        table.say("engine", options.engine());
        table.say("order_by", options.orderBy());
        table.say("partition_by", options.partitionBy());
        table.say("ttl", options.ttl());
        table.say("settings", options.settings());
        Map<String, Object> columns = new LinkedHashMap<>();
        options.columns().forEach((name, column) -> columns.put(name, column(column)));
        table.say("columns", columns);
        table.say("adopt", options.adopt());
        table.say("rules", options.rules().stream().map(Resolved::rule).toList());
        table.say("where", options.where());
        table.say("row_id", options.rowId());
        table.say("min_rows", (int) options.guard().minRows());
        if (options.guard().maxShrink() != Guard.NONE.maxShrink()) {
            table.put("max_shrink", options.guard().maxShrink());
        }
        table.say("expect", options.guard().expectations());
        return table.values;
    }

    private static Map<String, Object> name(TableName name) {
        Resolved source = new Resolved();
        source.put("schema", name.schema());
        source.put("table", name.table());
        return source.values;
    }

    private static Map<String, Object> pattern(TablePattern pattern) {
        Resolved source = new Resolved();
        source.put("schema", pattern.schema().text());
        source.put("table", pattern.table().text());
        List<String> wild = new ArrayList<>();
        if (!pattern.schema().exact()) {
            wild.add("schema");
        }
        if (!pattern.table().exact()) {
            wild.add("table");
        }
        source.say("wild", wild);
        return source.values;
    }

    private static Map<String, Object> rule(Rule rule) {
        return switch (rule) {
            case Rule.Condition condition -> Map.of("condition", condition.sql());
            case Rule.Exists exists ->
                Map.of(
                        "column", exists.column(),
                        "schema", exists.table().schema(),
                        "table", exists.table().table(),
                        "referenced", exists.referenced());
        };
    }

    private static Map<String, Object> column(ColumnOptions options) {
        Resolved column = new Resolved();
        column.say("type", options.type());
        column.put("on_refusal", options.onRefusal().name().toLowerCase(Locale.ROOT));
        column.say("codec", options.codec());
        column.say("drop", options.drop());
        column.say("hash", options.hash());
        return column.values;
    }

    private void put(String key, Object value) {
        values.put(key, value);
    }

    /** Unless it is empty or false. */
    private void say(String key, Object value) {
        boolean isNothing = switch (value) {
            case String text -> text.isEmpty();
            case Boolean truth -> !truth;
            case Integer number -> number == 0;
            case Collection<?> items -> items.isEmpty();
            case Map<?, ?> entries -> entries.isEmpty();
            default -> false;
        };
        if (!isNothing) {
            put(key, value);
        }
    }
}
