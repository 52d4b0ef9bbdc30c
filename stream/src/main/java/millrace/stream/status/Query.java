package millrace.stream.status;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import millrace.contract.failure.Failure;

/** What stands behind the question mark of an address. */
record Query(Map<String, String> values) {
    Query {
        values = Map.copyOf(values);
    }

    static Query of(URI address) {
        Map<String, String> values = new HashMap<>();
        String raw = address.getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new Query(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Failure.configuration(
                    "bad-address", "The address is not encoded rightly: " + text, "See the README.");
        }
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    String needed(String name) {
        String value = text(name, "");
        if (value.isEmpty()) {
            throw Failure.configuration(
                    "missing", "\"" + name + "\" is missing.", "Write ?" + name + "=… behind the path.");
        }
        return value;
    }
}
