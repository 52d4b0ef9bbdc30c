package millrace.loader.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.loader.run.LoadRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
    private static final String LOADED_AT = "millrace_load_last_success_timestamp_seconds";
    private static final String ODD = "a \"b\\c\nd} 1 ü\r\u2028";

    @TempDir
    Path folder;

    private static LoadRecord load(String table, LoadRecord.Outcome outcome) {
        TableName name = new TableName("raw", table);
        Instant start = Instant.ofEpochSecond(1_700_000_000);
        return new LoadRecord(
                "run", "shop", name, name, "full", start, start.plusMillis(1500), 7, 7, 70, 3, outcome, "");
    }

    private Map<String, String> written() throws IOException {
        return read(Files.readString(folder.resolve("shop.prom")));
    }

    private void write(boolean success, LoadRecord... loads) {
        assertTrue(new MetricsFile(folder.resolve("shop.prom"))
                .write("shop", List.of(loads), success)
                .isEmpty());
    }

    /** Reads the text format by its letter: heads before samples, a metric's lines together, no sample twice. */
    private static Map<String, String> read(String text) {
        assertTrue(text.endsWith("\n"));
        Pattern sample = Pattern.compile(
                "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\",?)*\\}) ([0-9.]+)");
        Map<String, String> samples = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        String current = "";
        for (String line : text.split("\n")) {
            if (line.startsWith("# HELP ")) {
                current = line.split(" ")[2];
                assertTrue(seen.add(current), "twice: " + current);
            } else if (line.startsWith("# TYPE ")) {
                assertEquals("# TYPE " + current + " gauge", line);
            } else {
                Matcher parts = sample.matcher(line);
                assertTrue(parts.matches(), line);
                assertEquals(current, parts.group(1));
                Double.parseDouble(parts.group(3));
                assertEquals(null, samples.put(parts.group(1) + parts.group(2), parts.group(3)), line);
            }
        }
        return samples;
    }

    @Test
    void isReadByTheLetterOfTheFormat() throws IOException {
        write(true, load("orders", LoadRecord.Outcome.DONE), load(ODD, LoadRecord.Outcome.DONE));
        Map<String, String> samples = written();
        assertEquals("7", samples.get("millrace_load_rows{pipeline=\"shop\",table=\"raw.orders\"}"));
        assertEquals("70", samples.get("millrace_load_bytes{pipeline=\"shop\",table=\"raw.orders\"}"));
        assertEquals("3", samples.get("millrace_load_replaced_values{pipeline=\"shop\",table=\"raw.orders\"}"));
        assertEquals("1.500", samples.get("millrace_load_duration_seconds{pipeline=\"shop\",table=\"raw.orders\"}"));
        assertEquals(
                "1",
                samples.get("millrace_load_success{pipeline=\"shop\",table=\"raw.a \\\"b\\\\c\\nd} 1 ü\r\u2028\"}"));
        assertEquals("1", samples.get("millrace_run_success{pipeline=\"shop\"}"));
        double at = Double.parseDouble(samples.get(LOADED_AT + "{pipeline=\"shop\",table=\"raw.orders\"}"));
        assertEquals(Instant.now().getEpochSecond(), at, 60);
    }

    @Test
    void keepsTheMomentOfTheLastSuccess() throws IOException {
        String odd = LOADED_AT + "{pipeline=\"shop\",table=\"raw.a \\\"b\\\\c\\nd} 1 ü\r\u2028\"}";
        String fresh = LOADED_AT + "{pipeline=\"shop\",table=\"raw.new\"}";
        write(true, load(ODD, LoadRecord.Outcome.DONE));
        Map<String, String> first = written();
        write(false, load(ODD, LoadRecord.Outcome.FAILED), load("new", LoadRecord.Outcome.FAILED));
        Map<String, String> second = written();
        assertEquals(first.get(odd), second.get(odd));
        assertFalse(second.containsKey(fresh));
        assertEquals("0", second.get("millrace_run_success{pipeline=\"shop\"}"));
        String runAt = "millrace_run_last_success_timestamp_seconds{pipeline=\"shop\"}";
        assertEquals(first.get(runAt), second.get(runAt));
        write(false);
        assertEquals(first.get(odd), written().get(odd));
        assertEquals(first.get(runAt), written().get(runAt));
    }

    @Test
    void leavesNothingElseBehindAndLetsOthersRead() throws IOException {
        write(true, load("orders", LoadRecord.Outcome.DONE));
        Path plain = Files.writeString(folder.resolve("plain"), "");
        assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(folder.resolve("shop.prom")));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void saysAtOnceWhereNoFileCanBe() {
        for (String path : List.of("nowhere/shop.prom", ".")) {
            Failure failure = assertThrows(Failure.class, () -> new MetricsFile(folder.resolve(path)));
            assertEquals("bad-metrics-file", failure.code());
        }
    }
}
