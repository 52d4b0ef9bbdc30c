package millrace.stream.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a text out of the flat JSON that a follower answers. */
final class JsonText {
    private JsonText() {}

    /** Empty when there is none. */
    static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"")
                .matcher(json);
        return found.find()
                ? found.group(1).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\")
                : "";
    }
}
