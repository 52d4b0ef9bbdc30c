package millrace.service;

import static java.util.Objects.requireNonNull;

/** A request that is not carried out, and why. */
public final class Refusal extends RuntimeException {
    /** The reasons in the words of the domain, each with its status in HTTP. */
    public enum Kind {
        BAD_REQUEST(400, "The request is not understood"),
        UNAUTHORIZED(401, "Who asks is not known"),
        FORBIDDEN(403, "This is not allowed"),
        NOT_FOUND(404, "There is no such thing"),
        CONFLICT(409, "Something is in the way"),
        TOO_LARGE(413, "The body is too large"),
        NOT_JSON(415, "The body is not JSON"),
        OUT_OF_RANGE(416, "Beyond the end"),
        UNPROCESSABLE(422, "The request cannot be carried out"),
        INTERNAL(500, "The service failed"),
        UNAVAILABLE(503, "Not now");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }
    }

    private final transient Problem problem;

    public Refusal(Problem problem) {
        super(problem.detail());
        this.problem = requireNonNull(problem, "problem is null");
    }

    public Refusal(Kind kind, String code, String detail, String hint) {
        this(Problem.of(kind.status, code, kind.title, detail, hint));
    }

    public Problem problem() {
        return problem;
    }
}
