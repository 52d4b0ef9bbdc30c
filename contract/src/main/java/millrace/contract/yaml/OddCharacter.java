package millrace.contract.yaml;

import millrace.contract.failure.Problems;

/** Characters that YAML refuses, or takes for ends of lines in its version 1.1 but not in 1.2: a file must not hold them. */
public final class OddCharacter {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private OddCharacter() {}

    /** Whether there is one, which is a problem then. */
    public static boolean refused(String yaml, Problems problems) {
        int line = 1;
        for (int i = 0; i < yaml.length(); i++) {
            char c = yaml.charAt(i);
            if (isOdd(c, i)) {
                problems.add(
                        line,
                        "odd-character",
                        String.format(
                                "The character U+%04X must be written as %s in a text in double quotes.",
                                (int) c, escape(c)));
                return true;
            }
            if (c == '\n') {
                line++;
            }
        }
        return false;
    }

    private static boolean isOdd(char c, int position) {
        if (c < ' ') {
            return c != '\t' && c != '\n' && c != '\r';
        }
        return c > '~' && c < '\u00A0'
                || c == '\u2028'
                || c == '\u2029'
                || c > '\uFFFD'
                || c == BYTE_ORDER_MARK && position > 0;
    }

    private static String escape(char c) {
        return String.format(c < '\u0080' ? "\\x%02X" : "\\u%04X", (int) c);
    }
}
