package millrace.loader.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import millrace.loader.failure.Failure;
import millrace.loader.run.LoadRecord;
import millrace.loader.run.LoadReport;
import millrace.loader.verify.Difference;
import millrace.loader.verify.TableComparison;

/** Reports for machines: one JSON document each. */
public final class JsonReport {
    private JsonReport() {}

    public static String load(LoadReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run_id", report.request().runId());
        json.put("pipeline", report.request().pipeline());
        json.put("outcome", report.failure().isEmpty() ? "done" : "failed");
        json.put("tables", report.loads().stream().map(JsonReport::table).toList());
        report.failure().ifPresent(failure -> json.put("error", error(failure)));
        return Json.of(json);
    }

    private static Map<String, Object> table(LoadRecord load) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("table", load.target());
        json.put("source", load.source());
        json.put("mode", load.mode());
        json.put("rows", load.rows());
        json.put("table_rows", load.tableRows());
        json.put("bytes", load.bytes());
        json.put("replaced", load.replaced());
        json.put("started_at", load.startedAt());
        json.put("finished_at", load.finishedAt());
        json.put("seconds", load.seconds());
        json.put("outcome", load.outcome().label());
        json.put("sentence", load.sentence());
        return json;
    }

    public static String comparisons(String pipeline, List<TableComparison> comparisons) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pipeline", pipeline);
        json.put("outcome", comparisons.stream().allMatch(TableComparison::same) ? "done" : "failed");
        json.put("tables", comparisons.stream().map(JsonReport::comparison).toList());
        return Json.of(json);
    }

    private static Map<String, Object> comparison(TableComparison comparison) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("table", comparison.target());
        json.put("source", comparison.source());
        json.put("source_rows", comparison.sourceRows());
        json.put("rows", comparison.targetRows());
        json.put("same", comparison.same());
        json.put(
                "differences",
                comparison.differences().stream().map(Difference::sentence).toList());
        return json;
    }

    public static String failure(Failure failure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("outcome", "failed");
        json.put("error", error(failure));
        return Json.of(json);
    }

    /** A command that is done and has nothing else to tell. */
    public static String done(String pipeline) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pipeline", pipeline);
        json.put("outcome", "done");
        return Json.of(json);
    }

    private static Map<String, Object> error(Failure failure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", failure.code());
        json.put("sentence", failure.sentence());
        json.put("hint", failure.hint());
        return json;
    }
}
