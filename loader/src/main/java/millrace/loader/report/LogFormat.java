package millrace.loader.report;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a line of a log is written down. */
public enum LogFormat {
    /** key=value, in double quotes where need be. */
    TEXT {
        @Override
        String line(Map<String, Object> fields) {
            return fields.entrySet().stream()
                    .map(field -> field.getKey() + "=" + value(field.getValue().toString()))
                    .collect(Collectors.joining(" "));
        }

        private static String value(String text) {
            return PLAIN.matcher(text).matches() ? text : Json.of(text);
        }
    },
    /** One JSON object. */
    JSON {
        @Override
        String line(Map<String, Object> fields) {
            return Json.of(fields);
        }
    };

    private static final Pattern PLAIN =
            Pattern.compile("[^\\s\"=\\p{Cntrl}\\x80-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]+");

    /** One line, without its end. */
    abstract String line(Map<String, Object> fields);
}
