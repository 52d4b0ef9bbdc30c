package millrace.webhook.dbt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import millrace.webhook.run.NodeResult;
import millrace.webhook.run.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunResultsTest {
    private static final String RESULTS = """
            {"metadata": {}, "results": [
              {"unique_id": "model.millrace.stg_orders", "status": "success", "execution_time": 0.12345, "message": "OK"},
              {"unique_id": "test.millrace.not_null_stg_orders_order_id.81cfe2fe64", "status": "fail",
               "execution_time": 0.1, "message": "Got 2 results, configured to fail if != 0"},
              {"unique_id": "test.millrace.singular", "status": "pass", "execution_time": 0.1, "message": null},
              {"unique_id": "unit_test.millrace.stg_orders.periods", "status": "error", "execution_time": 0},
              {"unique_id": "exposure.millrace.sales", "status": "no-op", "execution_time": 0, "message": "NO-OP"},
              {"unique_id": "model.millrace.mart", "status": "skipped", "execution_time": 0.0, "message": null},
              {"unique_id": "test.millrace.w", "status": "warn", "execution_time": 0.0, "message": "Got 1 result"},
              {"unique_id": "odd", "status": "something new", "execution_time": 0.0, "message": null}
            ]}
            """;

    @TempDir
    Path target;

    @Test
    void everyNodeHasNameTypeAndMessage() throws IOException {
        List<NodeResult> nodes = read(RESULTS);
        assertEquals(node("stg_orders", "model", "success", 0.123, "OK", "model.millrace.stg_orders"), nodes.get(0));
        assertEquals("not_null_stg_orders_order_id", nodes.get(1).name());
        assertEquals(node("singular", "test", "pass", 0.1, "", "test.millrace.singular"), nodes.get(2));
        assertEquals(
                node("stg_orders.periods", "unit_test", "error", 0, "", "unit_test.millrace.stg_orders.periods"),
                nodes.get(3));
        assertEquals("odd", nodes.get(7).name());
    }

    @Test
    void timesRowsAndTheSqlAreTakenOver() throws IOException {
        NodeResult node = read("""
                        {"results": [{"unique_id": "model.m.mart", "status": "success", "execution_time": 0.1, "thread_id": "Thread-1",
                          "timing": [{"name": "compile", "started_at": "2026-11-26T07:00:01.123456Z"}],
                          "adapter_response": {"rows_affected": 294}, "relation_name": "`a`.`mart`", "compiled_code": "SELECT 1"}]}""").get(0);
        assertEquals(Instant.parse("2026-11-26T07:00:01.123Z"), node.startedAt());
        assertEquals(294L, node.rows());
        assertEquals("`a`.`mart`", node.relation());
        assertEquals("SELECT 1", node.sql());
    }

    @Test
    void theyCountAsInDbtsSummaryAndAnUnknownStatusIsAnError() throws IOException {
        assertEquals(new Summary(2, 1, 3, 1, 1, 8), Summary.of(read(RESULTS)));
    }

    @Test
    void noFileMeansNoNode() throws IOException {
        assertEquals(List.of(), RunResults.read(target));
    }

    @Test
    void halfAFileIsAnError() {
        assertThrows(IOException.class, () -> read(RESULTS.substring(0, 200)));
    }

    private List<NodeResult> read(String json) throws IOException {
        Files.writeString(target.resolve("run_results.json"), json);
        return RunResults.read(target);
    }

    private static NodeResult node(String name, String type, String status, double seconds, String message, String id) {
        return new NodeResult(name, type, status, seconds, message, id, null, null, null, null, null);
    }
}
