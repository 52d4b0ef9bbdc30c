package millrace.loader.verify;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One row, hashed.
 *
 * @param key the canonical values of its key columns, null for NULL; empty without a key
 * @param prints for each column its hashed value
 */
public record RowPrint(List<String> key, List<Long> prints) {
    public RowPrint {
        requireNonNull(key, "key is null");
        prints = List.copyOf(prints);
    }
}
