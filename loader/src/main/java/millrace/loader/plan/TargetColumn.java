package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

/** A column of the target as ClickHouse has it. */
public record TargetColumn(String name, String type) {
    public TargetColumn {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }

    /** Whether a type is the same, however it is spaced. */
    boolean hasType(String other) {
        return type.replace(" ", "").equals(other.replace(" ", ""));
    }
}
