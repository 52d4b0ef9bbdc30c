package millrace.loader.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.contract.pipeline.TableOptions;
import millrace.loader.codec.Mapping;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;
import millrace.loader.run.LoadRecord;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private static final TableName SOURCE = new TableName("public", "order items");
    private static final TableName TARGET = new TableName("raw", "items");
    private static final TablePlan PLAN = TablePlan.whole(
            new TableSpec(
                    SOURCE,
                    TARGET,
                    List.of(new ColumnSpec("id", "text", Mapping.TEXT, false)),
                    List.of(),
                    TableOptions.NONE),
            List.of(Slice.WHOLE),
            400);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8).replaceAll("20[0-9-]+T[0-9:.]+Z", "NOW");
    }

    private static LoadRecord record(LoadRecord.Outcome outcome) {
        Instant start = Instant.EPOCH;
        return new LoadRecord(
                "", "", SOURCE, TARGET, "full", start, start.plusMillis(1250), 400, 400, 9, 0, outcome, "");
    }

    @Test
    void writesKeysAndValues() {
        LogLines log = new LogLines(out, LogFormat.TEXT, Duration.ofHours(1));
        log.began(PLAN);
        log.ended(record(LoadRecord.Outcome.DONE));
        log.ended(record(LoadRecord.Outcome.FAILED));
        assertEquals("""
                time=NOW event=copying table=raw.items source="public.order items" slices=1 estimated_rows=400
                time=NOW event=loaded table=raw.items rows=400 bytes=9 replaced=0 seconds=1.25
                time=NOW event=failed table=raw.items rows=400 bytes=9 replaced=0 seconds=1.25
                """, said());
    }

    @Test
    void noNameForgesALine() {
        TableName odd = new TableName("raw", "a\u0085time=1\u2028event=loaded\n");
        Instant start = Instant.EPOCH;
        LogLines log = new LogLines(out, LogFormat.TEXT, Duration.ofHours(1));
        log.ended(new LoadRecord("", "", SOURCE, odd, "full", start, start, 1, 1, 1, 0, LoadRecord.Outcome.DONE, ""));
        assertEquals("""
                time=NOW event=loaded table="raw.a\\u0085time=1\\u2028event=loaded\\n" rows=1 bytes=1 replaced=0 seconds=0.0
                """, said());
    }

    @Test
    void writesJson() {
        LogLines log = new LogLines(out, LogFormat.JSON, Duration.ofHours(1));
        log.ended(record(LoadRecord.Outcome.DONE));
        out.println(LogLines.failure(Failure.configuration("odd", "A \"b\".", "c"), LogFormat.JSON));
        assertEquals("""
                {"time":"NOW","event":"loaded","table":"raw.items","rows":400,"bytes":9,"replaced":0,"seconds":1.25}
                {"time":"NOW","event":"failure","code":"odd","sentence":"A \\"b\\".","hint":"c"}
                """, said());
    }

    @Test
    void tellsNowAndThenHowFarALongLoadIs() throws InterruptedException {
        LogLines log = new LogLines(out, LogFormat.TEXT, Duration.ofMillis(20));
        log.began(PLAN);
        log.copied(TARGET, 100, 5_000_000);
        Instant end = Instant.now().plusSeconds(20);
        // A busy machine may tell of the time before the first rows, too.
        while (progressWithRows().size() < 3 && Instant.now().isBefore(end)) {
            Thread.sleep(10);
        }
        log.ended(record(LoadRecord.Outcome.DONE));
        List<String> lines = progressWithRows();
        assertTrue(lines.size() >= 3, said());
        for (String line : lines) {
            assertTrue(
                    line.matches("time=NOW event=progress rows=100 bytes=5000000 mb_per_second=[0-9.]+ percent=25"
                            + " seconds_left=[0-9]+"),
                    line);
        }
        long before = said().lines().count();
        Thread.sleep(100);
        assertEquals(before, said().lines().count());
    }

    private List<String> progressWithRows() {
        return said().lines()
                .filter(line -> line.contains("event=progress") && !line.contains("rows=0 "))
                .toList();
    }
}
