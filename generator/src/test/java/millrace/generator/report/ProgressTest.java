package millrace.generator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void theBarFillsUp() {
        assertEquals(
                "[" + ".".repeat(30) + "] clicks 0 of 0",
                ProgressBar.line("clicks", 0, 0).replace("#", "."));
        assertEquals(
                "[" + "#".repeat(15) + ".".repeat(15) + "] impressions 5,000 of 10,000",
                ProgressBar.line("impressions", 5_000, 10_000));
    }

    @Test
    void withoutATerminalThereAreLines() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ProgressLog log = new ProgressLog(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        log.begin("clicks", 3);
        log.advance(3);
        log.end();
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(
                text.matches("(?s)time=\\S+ event=writing table=clicks rows=3\n"
                        + "time=\\S+ event=written table=clicks rows=3\n"),
                text);
    }
}
