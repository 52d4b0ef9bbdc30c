package millrace.webhook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import millrace.webhook.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
    private static final Instant START = Instant.parse("2026-11-21T07:20:08.123Z");
    private static final NodeResult NODE = new NodeResult("stg_orders", "model", "success", 0.25, "OK");

    @TempDir
    Path root;

    @Test
    void aRunComesBackFromDiskAsItWas() throws IOException {
        Run run = started(0).failed(START.plusSeconds(2), List.of(NODE), new Failure("code", "Sentence.", "Hint."));
        RunStore.open(root).save(run);
        RunStore reopened = RunStore.open(root);
        assertEquals(run, reopened.find(run.runId()).orElseThrow());
        assertEquals(List.of(run.brief()), reopened.list());
        assertNull(reopened.list().get(0).models());
    }

    @Test
    void theNewestRunsAreListedFirstAndTheOldestPruned() throws IOException {
        RunStore store = RunStore.open(root);
        for (int minute = 0; minute < 5; minute++) {
            store.save(started(minute));
        }
        Path oldest = store.folder(store.list().get(4).runId()).path();
        Files.createDirectories(oldest.resolve("target/compiled"));
        store.prune(3);
        assertEquals(3, store.list().size());
        assertEquals(START.plusSeconds(240), store.list().get(0).startedAt());
        assertFalse(Files.exists(oldest));
        assertEquals(3, RunStore.open(root).list().size());
    }

    @Test
    void whatIsNotAWholeRunDoesNotKeepTheOthersFromBeingListed() throws IOException {
        RunStore store = RunStore.open(root);
        store.save(started(0));
        Path broken = Files.createDirectories(root.resolve("20261121T072009123Z-0000"));
        Files.writeString(broken.resolve("run.json"), "{\"run_id\":");
        Path empty = Files.createDirectories(root.resolve("20261121T072010123Z-0000"));
        assertEquals(1, RunStore.open(root).list().size());
        assertFalse(Files.exists(empty), "a folder without a record is a run that never began");
        assertTrue(Files.exists(broken), "a record that cannot be read is kept for people to look at");
    }

    private static Run started(int minute) {
        Instant start = START.plusSeconds(60L * minute);
        return Run.started(RunId.at(start), "ecommerce", start);
    }
}
