package millrace.stream.status;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import millrace.contract.failure.Failure;
import millrace.stream.protocol.Lsn;

/** What stands behind the question mark of an address. */
record Query(Map<String, String> values) {
    private static final int MAX_SECONDS = 600;

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

    /** 0 when it is not given. */
    long lsn(String name) {
        String text = text(name, "0/0");
        if (!text.matches("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}")) {
            throw Failure.configuration(
                    "bad-lsn", "\"" + text + "\" is no place in Postgres' log.", "Write one as 16/B374D848.");
        }
        return Lsn.parse(text);
    }

    /** How long something is to last; a minute unless it is given. */
    int seconds() {
        String text = text("seconds", "60");
        if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MAX_SECONDS) {
            throw Failure.configuration(
                    "bad-seconds", "\"seconds\" is a number from 1 to " + MAX_SECONDS + ".", "It is 60 without it.");
        }
        return Integer.parseInt(text);
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
