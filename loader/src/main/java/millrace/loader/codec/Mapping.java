package millrace.loader.codec;

import static java.util.Objects.requireNonNull;

/**
 * How the values of a column travel.
 *
 * @param codec what they become
 * @param asText whether the query must send them as their text, because their own binary form has no codec
 */
public record Mapping(Codec codec, boolean asText) {
    public static final Mapping TEXT = new Mapping(TextCodec.PLAIN, true);

    public Mapping {
        requireNonNull(codec, "codec is null");
    }

    static Mapping binary(Codec codec) {
        return new Mapping(codec, false);
    }
}
