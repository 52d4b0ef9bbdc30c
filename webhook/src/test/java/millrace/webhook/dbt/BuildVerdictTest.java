package millrace.webhook.dbt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import millrace.webhook.run.Failure;
import millrace.webhook.run.NodeResult;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunId;
import millrace.webhook.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildVerdictTest {
    private static final RunId RUN = new RunId("20261121T072008123Z-3f9a");
    private static final BuildVerdict VERDICT = new BuildVerdict(new Run(
            RUN,
            "none",
            RunState.QUEUED,
            "api",
            List.of("build", "--select", "path:models/none"),
            "clickhouse",
            null,
            null,
            Instant.EPOCH,
            null,
            null,
            null,
            null,
            null,
            null));

    @TempDir
    Path folder;

    @Test
    void failedNodesAreNamed() {
        Failure failure = VERDICT.red(1, nodes(7), "noise");
        assertEquals("dbt_failed", failure.code());
        assertEquals("7 of 7 nodes failed: m0, m1, m2, m3, m4 and 2 more.", failure.message());
        assertEquals("Its log: GET /api/v1/runs/20261121T072008123Z-3f9a/logs", failure.hint());
    }

    @Test
    void nothingSelectedIsNotGreen() {
        assertEquals(
                "dbt found nothing to do for 'build --select path:models/none'.",
                VERDICT.red(0, List.of(), "").message());
    }

    @Test
    void dbtsOwnComplaintIsQuotedOnOneLine() throws IOException {
        Path log = Files.writeString(folder.resolve("dbt.log"), """
                07:26:49  Running with dbt=1.11.16
                07:26:51  Encountered an error:
                Compilation Error
                  Model 'model.millrace.stg_products' depends on a source which was not found
                """);
        assertEquals(
                "dbt ended with exit code 2: Compilation Error Model 'model.millrace.stg_products' depends on a source which"
                        + " was not found",
                VERDICT.red(2, List.of(), Complaint.in(log)).message());
    }

    @Test
    void withoutAComplaintTheLastLineIsQuoted() throws IOException {
        Path log = Files.writeString(folder.resolve("dbt.log"), "07:26:49  one\n07:26:50  no space left\n\n");
        assertEquals("no space left", Complaint.in(log));
        assertEquals("", Complaint.in(folder.resolve("none")));
    }

    private static List<NodeResult> nodes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new NodeResult("m" + i, "model", "error", 0, "", "m" + i, null, null, null, null, null))
                .toList();
    }
}
