package millrace.webhook.run;

import static java.util.Objects.requireNonNull;

/**
 * What went wrong, in the form every client sees.
 *
 * @param code a short name for programs, in snake_case
 * @param message one sentence for people
 * @param hint what to do about it
 */
public record Failure(String code, String message, String hint) {
    public Failure {
        requireNonNull(code, "code is null");
        requireNonNull(message, "message is null");
        requireNonNull(hint, "hint is null");
    }
}
