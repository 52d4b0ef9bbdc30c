package millrace.generator.report;

import java.util.Locale;

/** Numbers for people. */
public final class Numbers {
    private Numbers() {}

    /** 1,234,567 */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** "1 campaign", "2 campaigns" */
    public static String counted(long number, String thing) {
        return grouped(number) + " " + thing + (number == 1 ? "" : "s");
    }
}
