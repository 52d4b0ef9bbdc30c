package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

/**
 * A column of the target as ClickHouse has it.
 *
 * @param computed whether the server gives it a value that no row needs to bring, as somebody has told it to
 */
public record TargetColumn(String name, String type, boolean computed) {
    public TargetColumn {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }

    public TargetColumn(String name, String type) {
        this(name, type, false);
    }

    /** Whether a type is the same, however it is spaced. */
    boolean hasType(String other) {
        return type.replace(" ", "").equals(other.replace(" ", ""));
    }
}
