package millrace.loader.codec;

import static java.util.Objects.requireNonNull;

import millrace.contract.pipeline.OnRefusal;

/** A column of a block as ClickHouse will see it. */
public record BlockColumn(String name, Codec codec, boolean nullable, OnRefusal onRefusal) {
    public BlockColumn {
        requireNonNull(name, "name is null");
        requireNonNull(codec, "codec is null");
        requireNonNull(onRefusal, "onRefusal is null");
        if (nullable && !codec.canBeNullable()) {
            throw new IllegalArgumentException(codec.clickhouseType() + " cannot be Nullable");
        }
        if (onRefusal == OnRefusal.NULL && !nullable || onRefusal == OnRefusal.EMPTY && codec.canBeNullable()) {
            throw new IllegalArgumentException(codec.clickhouseType() + " has no " + onRefusal);
        }
    }

    public BlockColumn(String name, Codec codec, boolean nullable) {
        this(name, codec, nullable, OnRefusal.STOP);
    }

    /** Whether rows may come to be kept from readers because of this column. */
    public boolean quarantines() {
        return onRefusal == OnRefusal.QUARANTINE
                && (!(codec.range() instanceof ValueRange.Everything) || !codec.canBeNullable());
    }

    public String clickhouseType() {
        return nullable ? "Nullable(" + codec.clickhouseType() + ")" : codec.clickhouseType();
    }
}
