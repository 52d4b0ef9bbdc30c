package millrace.loader.codec;

import static java.util.Objects.requireNonNull;

/** A column of a block as ClickHouse will see it. */
public record BlockColumn(String name, Codec codec, boolean nullable) {
    public BlockColumn {
        requireNonNull(name, "name is null");
        requireNonNull(codec, "codec is null");
        if (nullable && !codec.canBeNullable()) {
            throw new IllegalArgumentException(codec.clickhouseType() + " cannot be Nullable");
        }
    }

    public String clickhouseType() {
        return nullable ? "Nullable(" + codec.clickhouseType() + ")" : codec.clickhouseType();
    }
}
