package millrace.loader.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import millrace.contract.pipeline.TableName;

/**
 * How the load of one table went: a row of the audit table.
 *
 * @param rows how many were published
 * @param tableRows how many the target then had in all
 * @param bytes what the source sent
 * @param replaced how many values became NULL, empty or mere text because they did not fit
 * @param sentence why it failed, or what was done
 */
public record LoadRecord(
        String runId,
        String pipeline,
        TableName source,
        TableName target,
        String mode,
        Instant startedAt,
        Instant finishedAt,
        long rows,
        long tableRows,
        long bytes,
        long replaced,
        Outcome outcome,
        String sentence) {
    /** How a load ended. */
    public enum Outcome {
        DONE,
        FAILED;

        /** The word used in the audit table and in reports. */
        public String label() {
            return name().toLowerCase();
        }
    }

    public LoadRecord {
        requireNonNull(runId, "runId is null");
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(sentence, "sentence is null");
    }

    public double seconds() {
        return Duration.between(startedAt, finishedAt).toNanos() / 1e9;
    }
}
