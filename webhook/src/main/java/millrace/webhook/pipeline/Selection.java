package millrace.webhook.pipeline;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A dbt node selection such as {@code path:models/shop}.
 *
 * @param parts the selectors; dbt builds what any of them selects
 */
public record Selection(List<String> parts) {
    // No leading '-': dbt would read such a part as one of its options.
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_@+*][A-Za-z0-9_@+*.:/,?\\[\\]-]*");

    public Selection {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        for (String part : parts) {
            if (!isPart(part)) {
                throw new IllegalArgumentException("holds '" + part + "', which is not a dbt selector");
            }
        }
    }

    /** Whether a text has the form of one selector. */
    public static boolean isPart(String text) {
        return PART.matcher(text).matches();
    }

    /**
     * Splits selectors at white space, as dbt does.
     *
     * @throws IllegalArgumentException saying what is wrong, to follow the words "dbt.select"
     */
    public static Selection parse(String text) {
        return new Selection(text.isBlank() ? List.of() : List.of(text.strip().split("\\s+")));
    }

    @Override
    public String toString() {
        return String.join(" ", parts);
    }
}
