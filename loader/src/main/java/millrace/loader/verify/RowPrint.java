package millrace.loader.verify;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.List;

/**
 * One row, hashed.
 *
 * @param key its key columns as text
 * @param prints for each column its hashed value
 */
public record RowPrint(String key, List<BigInteger> prints) {
    public RowPrint {
        requireNonNull(key, "key is null");
        prints = List.copyOf(prints);
    }
}
