package millrace.contract.failure;

/** Text of others within a line of ours. */
public final class Visible {
    private Visible() {}

    /**
     * The text with an escape for every character that would end the line, command a terminal or turn the direction of
     * writing: {@code \n}, {@code \}{@code u001b}.
     */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isHidden(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    /** Whether a character acts instead of showing. */
    public static boolean isHidden(char c) {
        return c < ' '
                || c >= 0x7f && c <= 0x9f
                || c >= 0x2028 && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069
                || c == 0xfeff;
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(isHidden(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return out.toString();
    }
}
