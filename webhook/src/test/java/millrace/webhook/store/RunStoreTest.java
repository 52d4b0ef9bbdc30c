package millrace.webhook.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.webhook.run.Failure;
import millrace.webhook.run.NodeResult;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFilter;
import millrace.webhook.run.RunId;
import millrace.webhook.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
    private static final Instant START = Instant.parse("2026-11-21T07:20:08.123Z");
    private static final NodeResult NODE = new NodeResult(
            "stg_orders",
            "model",
            "success",
            0.25,
            "OK",
            "model.m.stg_orders",
            START,
            "Thread-1",
            7L,
            "`analytics`.`stg_orders`",
            "SELECT 1");

    @TempDir
    Path root;

    @Test
    void aRunComesBackFromDiskAsItWas() throws IOException {
        Run run = run(0).started(START)
                .failed(START.plusSeconds(2), List.of(NODE), new Failure("code", "Sentence.", "Hint."));
        try (Database database = Database.open(root)) {
            new RunTable(database).save(run);
        }
        try (Database database = Database.open(root)) {
            RunTable reopened = new RunTable(database);
            assertEquals(run, reopened.find(run.runId()).orElseThrow());
            assertEquals(List.of(run.brief()), reopened.list(RunFilter.newest(9)));
            assertNull(reopened.list(RunFilter.newest(9)).get(0).models());
            assertEquals(Map.of("model.m.stg_orders", List.of(0.25)), reopened.seconds(run.pipeline(), 30));
        }
    }

    @Test
    void theNewestRunsAreListedFirstAndTheOldestForgotten() throws IOException {
        try (Database database = Database.open(root)) {
            RunTable table = new RunTable(database);
            for (int minute = 0; minute < 5; minute++) {
                table.save(run(minute).started(START).succeeded(START.plusSeconds(1), List.of(NODE)));
            }
            table.save(run(9));
            RunStore store = new RunStore(root.resolve("runs"), table);
            Run oldest = table.list(RunFilter.newest(9)).get(5);
            Path folder = store.folder(oldest.runId()).path();
            Files.createDirectories(folder.resolve("target/compiled"));
            store.prune(3);
            assertEquals(4, table.list(RunFilter.newest(9)).size(), "what waits is never forgotten");
            assertFalse(Files.exists(folder));
            assertEquals(Optional.empty(), table.find(oldest.runId()));
            assertEquals(
                    3, table.seconds("ecommerce", 30).get("model.m.stg_orders").size());
        }
    }

    @Test
    void listsAreCutDownToWhatIsAskedFor() throws IOException {
        try (Database database = Database.open(root)) {
            RunTable table = new RunTable(database);
            Run green = run(0).started(START).succeeded(START.plusSeconds(1), List.of(NODE));
            table.save(green);
            table.save(run(1));
            assertEquals(List.of(green.brief()), table.list(RunFilter.in(RunState.SUCCESS, 9)));
            assertEquals(List.of(run(1)), table.list(RunFilter.in(RunState.QUEUED, 9)));
            RunFilter before = new RunFilter(
                    Optional.of("ecommerce"), Optional.empty(), Optional.empty(), Optional.of(run(1).runId()), 9);
            assertEquals(List.of(green.brief()), table.list(before));
            assertEquals(green.brief(), table.newestEnded().orElseThrow());
        }
    }

    private static Run run(int minute) {
        Instant at = START.plusSeconds(60L * minute);
        return new Run(
                new RunId("20261121T0720%02d123Z-0000".formatted(minute)),
                "ecommerce",
                RunState.QUEUED,
                "api",
                List.of("build", "--select", "path:models/ecommerce"),
                "clickhouse",
                null,
                null,
                at,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
