package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import millrace.loader.codec.PostgresType;

/**
 * A column as the source describes it.
 *
 * @param typeName the type as Postgres spells it, for people
 */
public record SourceColumn(String name, String typeName, PostgresType type, boolean notNull) {
    public SourceColumn {
        requireNonNull(name, "name is null");
        requireNonNull(typeName, "typeName is null");
        requireNonNull(type, "type is null");
    }
}
