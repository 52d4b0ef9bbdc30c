package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import millrace.loader.codec.PostgresType;

/**
 * A column as the source describes it.
 *
 * @param typeName the type as Postgres spells it, for people
 * @param hasDefault whether rows get a value that they do not name: a default, or one that is generated
 */
public record SourceColumn(String name, String typeName, PostgresType type, boolean notNull, boolean hasDefault) {
    public SourceColumn {
        requireNonNull(name, "name is null");
        requireNonNull(typeName, "typeName is null");
        requireNonNull(type, "type is null");
    }
}
