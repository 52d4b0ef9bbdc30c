package millrace.service;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.List;
import java.util.Map;

/**
 * Why a request was not carried out, as RFC 9457 has it.
 *
 * @param type names the kind of problem for programs
 * @param title the kind for people
 * @param status of HTTP
 * @param detail this very problem, a sentence
 * @param code the end of the type
 * @param hint what to do about it
 * @param errors every value that is wrong; null when it is not about values
 * @param more further members of the body
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String hint,
        List<FieldProblem> errors,
        Map<String, Object> more) {
    public Problem {
        requireNonNull(type, "type is null");
        requireNonNull(title, "title is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(code, "code is null");
        requireNonNull(hint, "hint is null");
        more = Map.copyOf(more);
    }

    /** A problem of the request as a whole. */
    public static Problem of(int status, String code, String title, String detail, String hint) {
        return new Problem(type(code), title, status, detail, code, hint, null, Map.of());
    }

    /** A problem of values in the request. */
    public static Problem ofValues(int status, String code, String title, String hint, List<FieldProblem> errors) {
        String detail = errors.size() == 1
                ? errors.get(0).detail()
                : errors.size() + " values are wrong; \"errors\" has a sentence for each.";
        return new Problem(type(code), title, status, detail, code, hint, List.copyOf(errors), Map.of());
    }

    /** The same problem with further members. */
    public Problem with(Map<String, Object> members) {
        return new Problem(type, title, status, detail, code, hint, errors, members);
    }

    @Override
    @JsonAnyGetter
    public Map<String, Object> more() {
        return more;
    }

    private static String type(String code) {
        return "urn:millrace:problem:" + code;
    }
}
