package millrace.loader.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads settings from environment variables; what is missing or wrong becomes a problem. */
final class Environment {
    private final Map<String, String> variables;
    private final Problems problems;

    Environment(Map<String, String> variables, Problems problems) {
        this.variables = requireNonNull(variables, "variables is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    String text(String name) {
        String value = variables.getOrDefault(name, "");
        if (value.isEmpty()) {
            problems.add(0, "The environment variable " + name + " is not set.");
        }
        return value;
    }

    /** The text of a variable, empty when it is not set. */
    String optional(String name) {
        return variables.getOrDefault(name, "");
    }

    int port(String name, int usual) {
        String value = variables.getOrDefault(name, "");
        if (value.isEmpty()) {
            return usual;
        }
        if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) >= 1 && Integer.parseInt(value) <= 65535) {
            return Integer.parseInt(value);
        }
        problems.add(0, "The environment variable " + name + " must be a port from 1 to 65535, not \"" + value + "\".");
        return usual;
    }

    /** One of the known words; the usual one when the variable is not set. */
    String choice(String name, List<String> known, String usual) {
        String value = variables.getOrDefault(name, "");
        if (value.isEmpty() || known.contains(value)) {
            return value.isEmpty() ? usual : value;
        }
        problems.add(
                0,
                "The environment variable " + name + " must be one of " + String.join(", ", known) + ", not \"" + value
                        + "\".");
        return usual;
    }

    /** The path of a file; empty when the variable is not set. */
    String file(String name) {
        String value = variables.getOrDefault(name, "");
        if (!value.isEmpty() && !Files.isReadable(Path.of(value))) {
            problems.add(0, "The file that " + name + " names, " + value + ", cannot be read.");
        }
        return value;
    }

    /** A password: the variable itself, or the file that NAME_FILE names. An empty password is a password. */
    Secret secret(String name) {
        String file = variables.getOrDefault(name + "_FILE", "");
        if (!file.isEmpty()) {
            return new Secret(contents(name, file));
        }
        if (!variables.containsKey(name)) {
            problems.add(0, "The environment variable " + name + " is not set, nor is " + name + "_FILE.");
        }
        return new Secret(variables.getOrDefault(name, ""));
    }

    private String contents(String name, String file) {
        try {
            // The line's end is the editor's; spaces may be the password's own.
            return Files.readString(Path.of(file)).replaceFirst("\\R\\z", "");
        } catch (IOException | RuntimeException e) {
            problems.add(0, "The file that " + name + "_FILE names, " + file + ", cannot be read.");
            return "";
        }
    }
}
