package millrace.contract.pipeline;

import java.util.List;
import java.util.Locale;

/** Cron expressions of five fields, as cron and Airflow know them. */
final class Cron {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<Field> FIELDS = List.of(
            new Field(0, 59, List.of(), Days.NONE),
            new Field(0, 23, List.of(), Days.NONE),
            new Field(1, 31, List.of(), Days.OF_MONTH),
            new Field(1, 12, MONTHS, Days.NONE),
            new Field(0, 7, DAYS, Days.OF_WEEK));

    private Cron() {}

    private enum Days {
        NONE,
        OF_MONTH,
        OF_WEEK
    }

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
     * @param days which days may be told otherwise than by their numbers
     */
    private record Field(int least, int most, List<String> names, Days days) {
        boolean takes(String text) {
            for (String item : text.split(",", -1)) {
                if (!isDay(item) && !takesItem(item)) {
                    return false;
                }
            }
            return true;
        }

        private boolean isDay(String item) {
            return switch (days) {
                case NONE -> false;
                case OF_MONTH -> item.equals("?") || item.equals("l") || isNearest(item);
                case OF_WEEK -> item.equals("?") || isLast(item) || isNth(item);
            };
        }

        /** The working day that is nearest to a day of the month: 15W. */
        private boolean isNearest(String item) {
            return item.endsWith("w") && isValue(item.substring(0, item.length() - 1));
        }

        /** The last Friday of the month: L5. */
        private boolean isLast(String item) {
            return item.startsWith("l") && isValue(item.substring(1));
        }

        /** The first Monday of the month: 1#1. */
        private boolean isNth(String item) {
            String[] parts = item.split("#", -1);
            return parts.length == 2 && isValue(parts[0]) && isBetween(parts[1], 1, 5);
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
