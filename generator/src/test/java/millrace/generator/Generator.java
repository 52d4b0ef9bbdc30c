package millrace.generator;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs command lines. */
public final class Generator {
    private Generator() {}

    /** What a command printed, and how it ended. */
    public record Outcome(int code, String out, String err) {}

    public static Outcome run(Map<String, String> variables, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(words, variables, new PrintStream(out, true), new PrintStream(err, true), false);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
