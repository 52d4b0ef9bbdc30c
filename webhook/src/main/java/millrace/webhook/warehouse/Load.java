package millrace.webhook.warehouse;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * One load of a table.
 *
 * @param rows that were published
 * @param tableRows that the table then had
 * @param bytes that the source sent
 * @param sentence what was done, or why it failed
 */
public record Load(
        String runId,
        String pipeline,
        String source,
        String mode,
        Instant startedAt,
        double seconds,
        long rows,
        long tableRows,
        long bytes,
        long replaced,
        boolean isGood,
        String sentence) {
    public Load {
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(sentence, "sentence is null");
    }

    /** What it says of columns that changed. */
    public List<String> shapeChanges() {
        return shapeChanges(sentence);
    }

    /** The parts of the loader's sentence that are about columns. */
    static List<String> shapeChanges(String sentence) {
        return Stream.of(sentence.replaceFirst("\\.$", "").split("; "))
                .filter(part -> part.startsWith("column "))
                .toList();
    }
}
