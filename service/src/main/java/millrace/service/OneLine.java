package millrace.service;

/** Text of others on a line of our own. */
public final class OneLine {
    private OneLine() {}

    /** The text with a space for everything that would end the line or command a terminal. */
    public static String of(String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
    }
}
