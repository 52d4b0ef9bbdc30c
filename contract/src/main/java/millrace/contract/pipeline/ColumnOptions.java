package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

/**
 * What a pipeline file says about a column.
 *
 * @param type the ClickHouse type, without Nullable; empty for the usual one
 * @param codec how ClickHouse compresses the column, as in CODEC(…); empty for the server's default
 * @param line where the pipeline file says it
 */
public record ColumnOptions(String type, OnRefusal onRefusal, String codec, int line) {
    public static final ColumnOptions NONE = new ColumnOptions("", OnRefusal.STOP, "", 0);

    public ColumnOptions {
        requireNonNull(type, "type is null");
        requireNonNull(onRefusal, "onRefusal is null");
        requireNonNull(codec, "codec is null");
    }
}
