package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

/**
 * What a pipeline file says about a column.
 *
 * @param type the ClickHouse type, without Nullable; empty for the usual one
 * @param codec how ClickHouse compresses the column, as in CODEC(…); empty for the server's default
 * @param drop whether it stays in the source
 * @param hash whether its values leave the source as SHA-256 of the salt and themselves only
 * @param line where the pipeline file says it
 */
public record ColumnOptions(String type, OnRefusal onRefusal, String codec, boolean drop, boolean hash, int line) {
    public static final ColumnOptions NONE = new ColumnOptions("", OnRefusal.STOP, "", false, false, 0);

    public ColumnOptions {
        requireNonNull(type, "type is null");
        requireNonNull(onRefusal, "onRefusal is null");
        requireNonNull(codec, "codec is null");
    }

    public ColumnOptions(String type, OnRefusal onRefusal, String codec, int line) {
        this(type, onRefusal, codec, false, false, line);
    }
}
