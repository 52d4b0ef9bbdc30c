package millrace.loader.verify;

/** Rows fall into buckets by their keys, so that what differs can be looked for in a few of them. */
public final class Buckets {
    public static final int COUNT = 1 << 16;

    private Buckets() {}

    /** The first bucket that is not compared, where only so many percent of them are. */
    public static int end(int share) {
        if (share < 1 || share > 100) {
            throw new IllegalArgumentException(share + " percent");
        }
        return (int) (COUNT * (long) share / 100);
    }
}
