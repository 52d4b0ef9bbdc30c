package millrace.loader.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import millrace.contract.failure.Problems;
import millrace.contract.failure.Suggestion;

/** A server as a flag names it: scheme://user@host:port/database?parameter=value. What it leaves out is empty. */
record ServerUrl(
        String scheme, String user, String host, String port, String database, Map<String, String> parameters) {
    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>[a-z]+)://(?:(?<user>[^/?#]*)@)?"
                    + "(?<host>\\[[0-9A-Fa-f:.]+\\]|[^/?#@:]+)(?::(?<port>[0-9]{1,5}))?(?:/(?<path>[^/?#]*))?(?:\\?(?<query>[^#]*))?");

    /** Reads a Postgres URL, such as libpq takes. */
    static Optional<ServerUrl> source(String url, Problems problems) {
        return read(
                "--source",
                url,
                "postgresql://user@host:5432/database",
                List.of("postgresql", "postgres"),
                List.of("sslmode", "sslrootcert", "sslcert", "sslkey"),
                problems);
    }

    /** Reads the URL of ClickHouse's HTTP interface. */
    static Optional<ServerUrl> target(String url, Problems problems) {
        return read("--target", url, "http://user@host:8123/database", List.of("http", "https"), List.of(), problems);
    }

    private static Optional<ServerUrl> read(
            String flag, String url, String form, List<String> schemes, List<String> known, Problems problems) {
        if (url.isEmpty()) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(url);
        if (!parts.matches() || !schemes.contains(parts.group("scheme"))) {
            // The URL itself may hold a password: it is not repeated.
            problems.add(0, flag + " must be a URL like " + form + ".");
            return Optional.empty();
        }
        Map<String, String> parameters = parameters(text(parts, "query"));
        if (text(parts, "user").contains(":") || parameters.containsKey("password")) {
            problems.add(
                    0, flag + " holds a password, which other users of the machine can read while the loader runs.");
            return Optional.empty();
        }
        for (String parameter : parameters.keySet()) {
            if (!known.contains(parameter)) {
                problems.add(
                        0,
                        "Unknown parameter \"" + parameter + "\" in " + flag + "; "
                                + Suggestion.among(known, parameter));
            }
        }
        return Optional.of(new ServerUrl(
                parts.group("scheme"),
                decoded(text(parts, "user")),
                text(parts, "host").replaceAll("[\\[\\]]", ""),
                text(parts, "port"),
                decoded(text(parts, "path")),
                parameters));
    }

    private static String text(Matcher parts, String group) {
        return parts.group(group) == null ? "" : parts.group(group);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                String[] sides = pair.split("=", 2);
                parameters.put(decoded(sides[0]), sides.length == 1 ? "" : decoded(sides[1]));
            }
        }
        return parameters;
    }

    /** A plus sign stands for itself here: only forms make a space of it. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** The environment variables that this URL stands for; those of which it says nothing are left out. */
    Map<String, String> variables(String prefix) {
        Map<String, String> variables = new HashMap<>();
        variables.put(prefix + "_HOST", host);
        boolean toClickHouse = scheme.startsWith("http");
        if (toClickHouse) {
            boolean secure = scheme.equals("https");
            variables.put(prefix + "_SECURE", Boolean.toString(secure));
            variables.put(prefix + "_HTTP_PORT", port);
        } else {
            variables.put(prefix + "_PORT", port);
            variables.put(prefix + "_DB", database);
        }
        variables.put(prefix + "_USER", user);
        parameters.forEach((name, value) -> variables.put(prefix + "_" + name.toUpperCase(Locale.ROOT), value));
        // An empty port is the usual one, whatever the environment says of another host.
        variables
                .entrySet()
                .removeIf(variable ->
                        variable.getValue().isEmpty() && !variable.getKey().endsWith("_PORT"));
        return variables;
    }
}
