package millrace.loader.codec;

/** A value that the target type cannot hold exactly. The message completes "… does not fit: ". */
public final class RefusedValue extends RuntimeException {
    RefusedValue(String reason) {
        super(reason, null, false, false);
    }
}
