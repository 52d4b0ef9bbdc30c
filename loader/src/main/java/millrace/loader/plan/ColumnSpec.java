package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import millrace.loader.codec.BlockColumn;
import millrace.loader.codec.Mapping;

/**
 * A column and how its values travel.
 *
 * @param name the same in the source and in the target
 * @param sourceType the type as Postgres spells it, for people
 * @param nullable whether the target must be able to hold NULL
 * @param compression as in CODEC(…), empty for the server's default
 * @param hashed whether only a hash of its values travels
 */
public record ColumnSpec(
        String name, String sourceType, Mapping mapping, boolean nullable, String compression, boolean hashed) {
    public ColumnSpec {
        requireNonNull(name, "name is null");
        requireNonNull(sourceType, "sourceType is null");
        requireNonNull(mapping, "mapping is null");
        requireNonNull(compression, "compression is null");
    }

    public ColumnSpec(String name, String sourceType, Mapping mapping, boolean nullable) {
        this(name, sourceType, mapping, nullable, "", false);
    }

    public BlockColumn target() {
        return new BlockColumn(
                name, mapping.codec(), nullable && mapping.codec().canBeNullable(), mapping.onRefusal());
    }

    /** The type that the table declares. */
    public String clickhouseType() {
        String type = target().clickhouseType();
        return mapping.dictionary() ? "LowCardinality(" + type + ")" : type;
    }
}
