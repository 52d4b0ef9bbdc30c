package millrace.loader.codec;

import java.util.function.Supplier;

/** A value that the target type cannot hold exactly. The message completes "… does not fit: ". */
public final class RefusedValue extends RuntimeException {
    private final transient Supplier<String> reason;

    /** Where refused values are replaced there may be millions of them, and nobody reads their reasons. */
    RefusedValue(Supplier<String> reason) {
        super(null, null, false, false);
        this.reason = reason;
    }

    RefusedValue(String reason) {
        this(() -> reason);
    }

    @Override
    public String getMessage() {
        return reason.get();
    }
}
