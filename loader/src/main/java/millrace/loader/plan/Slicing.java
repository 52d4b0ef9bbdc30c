package millrace.loader.plan;

import java.util.ArrayList;
import java.util.List;

/** Divides tables into slices for workers that take one after the other. */
public final class Slicing {
    /** Blocks of 8 kB: below 4 MB the second connection costs more than it saves. */
    private static final long MIN_BLOCKS = 512;

    private Slicing() {}

    /**
     * Slices of so many blocks that get smaller and smaller, so that workers of unequal speed end at about the same time: each
     * round divides half of what is left among them. Known as factoring (Hummel, Schonberg and Flynn 1992).
     */
    public static List<Slice> of(long blocks, int workers) {
        List<Slice> slices = new ArrayList<>();
        long begin = 0;
        long size = 0;
        while (workers > 1 && blocks - begin >= 2 * MIN_BLOCKS) {
            if (slices.size() % workers == 0) {
                size = Math.max(MIN_BLOCKS, (blocks - begin) / (2L * workers));
            }
            slices.add(new Slice(begin, begin + size));
            begin += size;
        }
        slices.add(new Slice(begin, Slice.OPEN));
        return slices;
    }
}
