package millrace.loader.verify;

/**
 * How a table is divided for comparison.
 *
 * @param digits how many hexadecimal digits of a row's hashed key name its bucket, 0 to 3
 * @param share the share of the buckets that is compared, in percent
 */
public record Buckets(int digits, int share) {
    private static final long ROWS_A_BUCKET = 4_000;

    public Buckets {
        if (digits < 0 || digits > 3 || share < 1 || share > 100) {
            throw new IllegalArgumentException(digits + " digits, " + share + " percent");
        }
    }

    /** As many buckets as it takes to look into a single one cheaply. */
    public static Buckets forRows(long estimated, int share) {
        int digits = 0;
        while (digits < 3 && estimated >> (4 * digits) > ROWS_A_BUCKET) {
            digits++;
        }
        return new Buckets(share < 100 ? 3 : digits, share);
    }

    /** The bucket from which on nothing is compared, empty when everything is. */
    public String end() {
        return share == 100 ? "" : String.format("%03x", 4096 * share / 100);
    }
}
