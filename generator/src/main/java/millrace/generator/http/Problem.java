package millrace.generator.http;

import static java.util.Objects.requireNonNull;

import java.util.List;
import millrace.generator.store.FieldProblem;

/**
 * Why a request was not carried out, as RFC 9457 has it.
 *
 * @param type names the kind of problem for programs
 * @param title the kind for people
 * @param detail this very problem, a sentence
 * @param code the end of the type
 * @param hint what to do about it
 * @param errors every value that is wrong; null when it is not about values
 */
record Problem(
        String type, String title, int status, String detail, String code, String hint, List<FieldProblem> errors) {
    Problem {
        requireNonNull(type, "type is null");
        requireNonNull(title, "title is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(hint, "hint is null");
    }

    static Problem of(int status, String code, String title, String detail, String hint) {
        return new Problem("urn:millrace:problem:" + code, title, status, detail, code, hint, null);
    }

    static Problem ofValues(int status, String code, String title, String hint, List<FieldProblem> errors) {
        String detail = errors.size() == 1
                ? errors.get(0).detail()
                : errors.size() + " values are wrong; \"errors\" has a sentence for each.";
        return new Problem("urn:millrace:problem:" + code, title, status, detail, code, hint, List.copyOf(errors));
    }
}
