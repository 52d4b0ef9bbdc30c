package millrace.webhook.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import millrace.service.Problem;
import millrace.service.Sentences;
import millrace.webhook.run.Failure;

/** What the webhook says of requests that come to none of its routes. */
final class WebhookSentences implements Sentences {
    private static final String SEE_LIST = "GET / lists what there is.";

    @Override
    public Problem foreignHost() {
        return Problem.of(
                403,
                "foreign_host",
                "Another server is meant",
                "This webhook does not answer to the name in the Host header.",
                "Use an IP address or localhost, or add the name to WEBHOOK_ALLOWED_HOSTS.");
    }

    @Override
    public Problem foreignOrigin() {
        return Problem.of(
                403,
                "foreign_origin",
                "A page of another site asks",
                "A page of another site may not change anything here.",
                "Send the request from a program, or from the webhook's own pages.");
    }

    @Override
    public Problem bodyTooLarge(int mostBytes) {
        return Problem.of(
                413,
                "body_too_large",
                "The body is too large",
                "The body is larger than " + mostBytes + " bytes.",
                RunRequest.FORM);
    }

    @Override
    public Problem bodyTooSlow(Duration deadline) {
        return Problem.of(
                408,
                "body_too_slow",
                "The request takes too long",
                "The body had not come as a whole after " + deadline.toSeconds() + " s.",
                "Send it in one piece.");
    }

    @Override
    public Problem crowded(int most) {
        return Problem.of(
                503,
                "too_many_requests",
                "Too many ask at once",
                "The webhook answers " + most + " others.",
                "Try again soon.");
    }

    @Override
    public Problem unreadable(int status) {
        return Problem.of(status, "bad_request", "Not a request", "This is not a request that can be read.", SEE_LIST);
    }

    @Override
    public Problem notFound(String path) {
        return Problem.of(404, "not_found", "There is no such thing", "There is nothing at " + path + ".", SEE_LIST);
    }

    @Override
    public Problem wrongMethod(String path, String method, String allowed) {
        return Problem.of(
                405,
                "method_not_allowed",
                "Another method is needed",
                path + " does not know " + method + ".",
                "It knows " + allowed + ".");
    }

    @Override
    public Problem unanswerable(int status, String reason) {
        return Problem.of(
                status,
                "bad_request",
                "The request cannot be answered",
                "The request cannot be answered: " + reason + ".",
                SEE_LIST);
    }

    @Override
    public Problem broken() {
        return Problem.of(
                500,
                "internal_error",
                "The webhook failed",
                "The webhook failed while it answered this request.",
                "The reason is in the webhook's log.");
    }

    /** With the failure as a member of its own, as a run that failed has it. */
    @Override
    public Problem form(Problem problem) {
        Map<String, Object> members = new HashMap<>(problem.more());
        members.put("error", new Failure(problem.code(), problem.detail(), problem.hint()));
        return problem.with(members);
    }
}
