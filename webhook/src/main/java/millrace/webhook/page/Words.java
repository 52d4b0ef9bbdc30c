package millrace.webhook.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them. */
final class Words {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

    private Words() {}

    /** Such as 1,234,567. */
    static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** Such as 1.2 M. */
    static String shortCount(long number) {
        if (number < 10_000) {
            return count(number);
        }
        if (number < 1_000_000) {
            return decimal(number / 1e3) + " K";
        }
        return number < 1_000_000_000 ? decimal(number / 1e6) + " M" : decimal(number / 1e9) + " G";
    }

    /** Such as 3.4 MB. */
    static String bytes(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < UNITS.length - 1) {
            size /= 1000;
            unit++;
        }
        return (unit == 0 ? String.valueOf(bytes) : decimal(size)) + " " + UNITS[unit];
    }

    /** Such as 0.53 s or 2 min 3 s. */
    static String seconds(double seconds) {
        if (seconds < 100) {
            return String.format(Locale.ENGLISH, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }

    /** How long ago something was, in its largest unit. */
    static String age(Instant moment, Instant now) {
        long seconds = Math.max(0, Duration.between(moment, now).toSeconds());
        if (seconds < 5) {
            return "just now";
        }
        if (seconds < 60) {
            return seconds + " s ago";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min ago";
        }
        return seconds < 2 * 86400 ? seconds / 3600 + " h ago" : seconds / 86400 + " days ago";
    }

    /** How long ago it was, with the moment itself for programs and for who points at it. */
    static Html ago(Instant moment, Instant now) {
        return moment == null
                ? Html.of("<span class=\"quiet\">never</span>")
                : Html.of("<time datetime=\"{}\" title=\"{}\">{}</time>", moment, moment(moment), age(moment, now));
    }

    static String moment(Instant moment) {
        return MOMENT.format(moment);
    }

    /** A number with its noun, such as 1 table, 2 tables. */
    static String counted(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    private static String decimal(double number) {
        return String.format(Locale.ENGLISH, number < 10 ? "%.1f" : "%.0f", number);
    }
}
