package millrace.webhook;

import static java.util.Objects.requireNonNull;

/** A request that is not carried out, and why. */
public final class Refusal extends RuntimeException {
    /** The reasons, in the words of the domain; the HTTP layer gives each its status. */
    public enum Kind {
        BAD_REQUEST,
        NOT_FOUND,
        CONFLICT,
        TOO_LARGE,
        NOT_JSON,
        OUT_OF_RANGE,
        UNPROCESSABLE,
        INTERNAL,
        UNAVAILABLE
    }

    private final Kind kind;
    private final transient Failure failure;

    public Refusal(Kind kind, String code, String message, String hint) {
        super(message);
        this.kind = requireNonNull(kind, "kind is null");
        this.failure = new Failure(code, message, hint);
    }

    public Kind kind() {
        return kind;
    }

    public Failure failure() {
        return failure;
    }
}
