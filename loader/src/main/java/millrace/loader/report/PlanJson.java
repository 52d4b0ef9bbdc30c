package millrace.loader.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.ShapeChange;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;
import millrace.loader.run.Sink;
import millrace.loader.run.Source;
import millrace.loader.run.Survey;
import millrace.loader.run.Unfinished;

/** A plan for machines. */
public record PlanJson(Source source, Sink sink) {
    public String of(String pipeline, Survey survey, List<Unfinished> unfinished, List<TablePlan> plans) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pipeline", pipeline);
        json.put("missing", survey.missing());
        json.put("unfinished", unfinished.stream().map(PlanJson::unfinished).toList());
        json.put("tables", plans.stream().map(this::table).toList());
        return Json.of(json);
    }

    private static Map<String, Object> unfinished(Unfinished publication) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run_id", publication.runId());
        json.put("tables", publication.targets());
        return json;
    }

    private Map<String, Object> table(TablePlan plan) {
        TableSpec spec = plan.spec();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", spec.source());
        json.put("table", spec.target());
        json.put("mode", spec.mode().label());
        json.put("key", spec.key());
        json.put("estimated_rows", plan.estimatedRows() < 0 ? null : plan.estimatedRows());
        json.put("columns", spec.columns().stream().map(PlanJson::column).toList());
        json.put(
                "slices",
                plan.slices().stream()
                        .map(slice -> source.statement(spec, plan.extent(), slice))
                        .toList());
        json.put("changes", plan.changes().stream().map(ShapeChange::sentence).toList());
        json.put("statements", sink.statements(plan));
        return json;
    }

    private static Map<String, Object> column(ColumnSpec column) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", column.name());
        json.put("source_type", column.sourceType());
        json.put("type", column.clickhouseType());
        json.put("as_text", column.mapping().asText());
        json.put("on_refusal", column.mapping().onRefusal().name().toLowerCase(Locale.ROOT));
        return json;
    }
}
