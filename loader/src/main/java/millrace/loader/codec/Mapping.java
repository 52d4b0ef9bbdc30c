package millrace.loader.codec;

import static java.util.Objects.requireNonNull;

import millrace.contract.pipeline.OnRefusal;

/**
 * How the values of a column travel.
 *
 * @param codec what they become
 * @param asText whether the query must send them as their text, because their own binary form has no codec
 * @param dictionary whether the table keeps them as LowCardinality; ClickHouse turns blocks of the plain type into it
 * @param onRefusal what becomes of those that the codec refuses
 */
public record Mapping(Codec codec, boolean asText, boolean dictionary, OnRefusal onRefusal) {
    public static final Mapping TEXT = new Mapping(TextCodec.PLAIN, true, false, OnRefusal.STOP);

    public Mapping {
        requireNonNull(codec, "codec is null");
        requireNonNull(onRefusal, "onRefusal is null");
    }

    static Mapping binary(Codec codec) {
        return new Mapping(codec, false, false, OnRefusal.STOP);
    }

    Mapping inDictionary() {
        return new Mapping(codec, asText, true, onRefusal);
    }

    public Mapping with(OnRefusal choice) {
        return switch (choice) {
            case STOP, NULL, EMPTY, QUARANTINE -> new Mapping(codec, asText, dictionary, choice);
            case TEXT -> shown();
        };
    }

    /** The types that are refused something are those whose text the loader writes as Postgres does. */
    private Mapping shown() {
        if (codec instanceof TextCodec || codec instanceof TimeCodec) {
            return this;
        }
        return codec.range() instanceof ValueRange.Everything
                ? TEXT
                : new Mapping(new ShownCodec(codec), false, false, OnRefusal.TEXT);
    }
}
