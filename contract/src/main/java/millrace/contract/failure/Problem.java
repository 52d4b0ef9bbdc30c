package millrace.contract.failure;

import static java.util.Objects.requireNonNull;

/**
 * Something wrong with the configuration.
 *
 * @param line counted from 1 in the pipeline file; 0 when it is not about a line
 */
public record Problem(int line, String sentence) {
    public Problem {
        requireNonNull(sentence, "sentence is null");
    }
}
