package millrace.webhook.warehouse;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

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
}
