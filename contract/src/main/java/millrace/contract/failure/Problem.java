package millrace.contract.failure;

import static java.util.Objects.requireNonNull;

/**
 * Something wrong with the configuration.
 *
 * @param line counted from 1 in the pipeline file; 0 when it is not about a line
 * @param code in kebab-case, the same in every reader of pipeline files
 */
public record Problem(int line, String code, String sentence) {
    public Problem {
        requireNonNull(code, "code is null");
        requireNonNull(sentence, "sentence is null");
    }
}
