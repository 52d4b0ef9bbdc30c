package millrace.contract.pipeline;

import java.util.List;
import java.util.Locale;

/** Cron expressions of five fields, as cron and Airflow know them. */
final class Cron {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<Field> FIELDS = List.of(
            new Field(0, 59, List.of(), false),
            new Field(0, 23, List.of(), false),
            new Field(1, 31, List.of(), true),
            new Field(1, 12, MONTHS, false),
            new Field(0, 7, DAYS, false));

    private Cron() {}

    static boolean isExpression(String text) {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split("[ \\t]+");
        if (parts.length != FIELDS.size()) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!FIELDS.get(i).takes(parts[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * What may stand in one place.
     *
     * @param names that stand for numbers from the least on
     * @param last whether the last of the month may be meant, by L
     */
    private record Field(int least, int most, List<String> names, boolean last) {
        boolean takes(String text) {
            for (String item : text.split(",", -1)) {
                if (!(last && item.equals("l")) && !takesItem(item)) {
                    return false;
                }
            }
            return true;
        }

        private boolean takesItem(String item) {
            String[] sides = item.split("/", -1);
            if (sides.length > 2 || sides.length == 2 && !isBetween(sides[1], 1, 999)) {
                return false;
            }
            String[] ends = sides[0].split("-", -1);
            return sides[0].equals("*") || ends.length <= 2 && isValue(ends[0]) && isValue(ends[ends.length - 1]);
        }

        private boolean isValue(String text) {
            return names.contains(text) || isBetween(text, least, most);
        }

        private static boolean isBetween(String text, int least, int most) {
            if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
            int number = Integer.parseInt(text);
            return number >= least && number <= most;
        }
    }
}
