package millrace.loader.report;

import java.util.LinkedHashMap;
import java.util.Map;
import millrace.loader.failure.Failure;
import millrace.loader.run.LoadRecord;
import millrace.loader.run.LoadReport;

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
        json.put("bytes", load.bytes());
        json.put("started_at", load.startedAt());
        json.put("finished_at", load.finishedAt());
        json.put("seconds", load.seconds());
        json.put("outcome", load.outcome().label());
        json.put("sentence", load.sentence());
        return json;
    }

    public static String failure(Failure failure) {
        return Json.of(Map.of("outcome", "failed", "error", error(failure)));
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
