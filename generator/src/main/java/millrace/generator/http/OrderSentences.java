package millrace.generator.http;

import java.time.Duration;
import millrace.service.BadBody;
import millrace.service.Problem;
import millrace.service.Sentences;

/** What the order API says of requests that come to none of its routes. */
final class OrderSentences implements Sentences {
    private static final String SEE_DOCS = "GET /docs tells what there is.";

    @Override
    public Problem foreignHost() {
        return Problem.of(
                421,
                "unknown-host",
                "Another server is meant",
                "The Host header does not name this API.",
                "ORDER_API_ALLOWED_HOSTS lists further names.");
    }

    @Override
    public Problem foreignOrigin() {
        return Problem.of(
                403,
                "foreign-origin",
                "A page of another site asks",
                "Pages of other sites may not change anything here.",
                "Send it from /docs, or without a browser.");
    }

    @Override
    public Problem bodyTooLarge(int mostBytes) {
        return Problem.of(
                413,
                "body-too-large",
                "The body is too large",
                "The body is larger than " + mostBytes + " bytes.",
                "An order is much smaller; GET /docs shows one.");
    }

    @Override
    public Problem bodyTooSlow(Duration deadline) {
        return Problem.of(
                408,
                "too-slow",
                "The request takes too long",
                "The request's body did not arrive in time.",
                "Send it again, at once.");
    }

    @Override
    public Problem crowded(int most) {
        return Problem.of(
                503,
                "too-many-requests",
                "Too many ask at once",
                "The API answers " + most + " others.",
                "Try again soon.");
    }

    @Override
    public Problem unreadable(int status) {
        return Problem.of(status, "bad-request", "Not a request", "This is not a request that can be read.", SEE_DOCS);
    }

    @Override
    public Problem notFound(String path) {
        return missing("There is nothing at " + path + ".");
    }

    /** @param detail which of the things that have an address is missing */
    static Problem missing(String detail) {
        return Problem.of(404, "not-found", "There is no such thing", detail, SEE_DOCS);
    }

    /** @param e why a body cannot be read */
    static Problem badBody(BadBody e) {
        String form = "GET /docs shows the form. Nothing was written.";
        return switch (e.kind()) {
            case CUT_OFF -> Problem.of(400, "body-cut-off", "The body ended early", e.getMessage(), "Send it again.");
            case NOT_JSON ->
                Problem.of(
                        415,
                        "not-json",
                        "The body is not JSON",
                        e.getMessage(),
                        "Send the header Content-Type: application/json, or no body at all.");
            case BAD_JSON, NOT_OBJECT ->
                Problem.of(400, "bad-json", "The body is not understood", e.getMessage(), form);
        };
    }

    @Override
    public Problem wrongMethod(String path, String method, String allowed) {
        return Problem.of(
                405,
                "method-not-allowed",
                "Another method is needed",
                path + " does not know " + method + ".",
                "It knows " + allowed + ".");
    }

    @Override
    public Problem unanswerable(int status, String reason) {
        return Problem.of(
                status,
                "bad-request",
                "The request cannot be answered",
                "The request cannot be answered: " + reason + ".",
                SEE_DOCS);
    }

    @Override
    public Problem broken() {
        return Problem.of(
                500,
                "internal-error",
                "The API failed",
                "The API failed while it answered this request.",
                "The reason is in its log.");
    }
}
