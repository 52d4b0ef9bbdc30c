package millrace.stream.protocol;

/** Places in Postgres' log, numbers without a sign, as people and Postgres write them: 16/B374D848. */
public final class Lsn {
    private Lsn() {}

    public static String text(long lsn) {
        return Long.toHexString(lsn >>> 32).toUpperCase() + "/"
                + Long.toHexString(lsn & 0xFFFF_FFFFL).toUpperCase();
    }

    public static long parse(String text) {
        int slash = text.indexOf('/');
        return Long.parseLong(text.substring(0, slash), 16) << 32 | Long.parseLong(text.substring(slash + 1), 16);
    }

    public static boolean isBefore(long one, long other) {
        return Long.compareUnsigned(one, other) < 0;
    }

    public static long later(long one, long other) {
        return isBefore(one, other) ? other : one;
    }
}
