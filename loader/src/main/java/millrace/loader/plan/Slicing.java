package millrace.loader.plan;

import java.util.ArrayList;
import java.util.List;

/** Divides tables into slices that are worth a connection each. */
public final class Slicing {
    /** Blocks of 8 kB: below 4 MB the second connection costs more than it saves. */
    private static final long LEAST_BLOCKS = 512;

    private Slicing() {}

    /** At most so many slices of the same size for a table of so many blocks. */
    public static List<Slice> of(long blocks, int atMost) {
        long count = Math.max(1, Math.min(atMost, blocks / LEAST_BLOCKS));
        List<Slice> slices = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            slices.add(new Slice(blocks * i / count, i == count - 1 ? Slice.OPEN : blocks * (i + 1) / count));
        }
        return slices;
    }
}
