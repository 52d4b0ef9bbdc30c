package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What must be true of a complete table before it is published.
 *
 * @param minRows so many rows at least, 0 for any number
 * @param maxShrink so many percent of the rows before may be gone, 100 for all of them
 * @param expectations by name: expressions of ClickHouse over all rows, each of which must be true
 */
public record Guard(long minRows, int maxShrink, Map<String, String> expectations) {
    public static final Guard NONE = new Guard(0, 100, Map.of());

    public Guard {
        requireNonNull(expectations, "expectations is null");
        expectations = Collections.unmodifiableMap(new LinkedHashMap<>(expectations));
    }

    public boolean asksNothing() {
        return equals(NONE);
    }
}
