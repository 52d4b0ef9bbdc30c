package millrace.stream.source;

import static java.util.Objects.requireNonNull;

import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;

/** A table is not any more as it was when it was copied: it is copied anew, nothing is guessed. */
public final class SchemaChange extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TableName source;
    private final String what;

    /** @param what completes "The table … has changed: " */
    public SchemaChange(TableName source, String what) {
        super("The table " + source + " has changed: " + what + ".");
        this.source = requireNonNull(source, "source is null");
        this.what = requireNonNull(what, "what is null");
    }

    public TableName source() {
        return source;
    }

    public String what() {
        return what;
    }

    public Failure news() {
        return Failure.running(
                "schema-changed",
                getMessage(),
                "It is copied anew, in its new shape; until then readers have that of before.");
    }
}
