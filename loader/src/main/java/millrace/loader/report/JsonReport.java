package millrace.loader.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import millrace.contract.failure.Failure;
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
        boolean same = comparisons.stream().allMatch(TableComparison.Same.class::isInstance);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pipeline", pipeline);
        json.put("outcome", same ? "done" : "failed");
        json.put("tables", comparisons.stream().map(JsonReport::comparison).toList());
        return Json.of(json);
    }

    /** The outcome is same, differs or unknown; unknown has an error, and no rows. */
    private static Map<String, Object> comparison(TableComparison comparison) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("table", comparison.target());
        json.put("source", comparison.source());
        if (comparison instanceof TableComparison.Same same) {
            json.put("outcome", "same");
            json.put("source_rows", same.rows());
            json.put("rows", same.rows());
            json.put("differences", List.of());
        } else if (comparison instanceof TableComparison.Misfit misfit) {
            json.put("outcome", "differs");
            json.put("differences", sentences(misfit.differences()));
        } else if (comparison instanceof TableComparison.Differs differs) {
            json.put("outcome", "differs");
            json.put("source_rows", differs.sourceRows());
            json.put("rows", differs.targetRows());
            json.put("differences", sentences(differs.differences()));
        } else if (comparison instanceof TableComparison.Unknown unknown) {
            json.put("outcome", "unknown");
            json.put("error", error(unknown.reason()));
        }
        return json;
    }

    private static List<String> sentences(List<Difference> differences) {
        return differences.stream().map(Difference::sentence).toList();
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
