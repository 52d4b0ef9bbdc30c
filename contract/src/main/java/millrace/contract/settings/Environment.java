package millrace.contract.settings;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.contract.failure.Problems;

/** Reads settings from environment variables; what is missing or wrong becomes a problem, all of which are told at once. */
public final class Environment {
    private final Map<String, String> variables;
    private final Problems problems;

    public Environment(Map<String, String> variables, Problems problems) {
        this.variables = requireNonNull(variables, "variables is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    /** Variables whose problems are told by {@link #refuseProblems}. */
    public Environment(Map<String, String> variables) {
        this(variables, new Problems(""));
    }

    /** @throws millrace.contract.failure.Failure with a line for each problem that was met so far */
    public void refuseProblems() {
        problems.refuse();
    }

    public void problem(String sentence) {
        problems.add(0, sentence);
    }

    /** The text of a variable that must be set. */
    public String text(String name) {
        String value = variables.getOrDefault(name, "");
        if (value.isEmpty()) {
            problem("The environment variable " + name + " is not set.");
        }
        return value;
    }

    /** The text of a variable, empty when it is not set. */
    public String optional(String name) {
        return variables.getOrDefault(name, "");
    }

    public String text(String name, String usual) {
        String value = optional(name);
        return value.isEmpty() ? usual : value;
    }

    public int port(String name, int usual) {
        return port(name, 1, usual);
    }

    /** A port from the least to 65535. */
    public int port(String name, int least, int usual) {
        String value = variables.getOrDefault(name, "");
        if (value.isEmpty()) {
            return usual;
        }
        if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= 65535) {
            return Integer.parseInt(value);
        }
        problem("The environment variable " + name + " must be a port from " + least + " to 65535, not \"" + value
                + "\".");
        return usual;
    }

    /** One of the known words; the usual one when the variable is not set. */
    public String choice(String name, List<String> known, String usual) {
        String value = variables.getOrDefault(name, "");
        if (value.isEmpty() || known.contains(value)) {
            return value.isEmpty() ? usual : value;
        }
        problem("The environment variable " + name + " must be one of " + String.join(", ", known) + ", not \"" + value
                + "\".");
        return usual;
    }

    /** The path of a file; empty when the variable is not set. */
    public String file(String name) {
        String value = variables.getOrDefault(name, "");
        if (!value.isEmpty() && !Files.isReadable(Path.of(value))) {
            problem("The file that " + name + " names, " + value + ", cannot be read.");
        }
        return value;
    }

    /** A password: the variable itself, or the file that NAME_FILE names. An empty password is a password. */
    public Secret secret(String name) {
        Optional<Secret> secret = optionalSecret(name);
        if (secret.isEmpty()) {
            problem("The environment variable " + name + " is not set, nor is " + name + "_FILE.");
        }
        return secret.orElse(new Secret(""));
    }

    /** A password as {@link #secret} reads it; empty when neither variable is set. */
    public Optional<Secret> optionalSecret(String name) {
        String file = optional(name + "_FILE");
        return file.isEmpty()
                ? Optional.ofNullable(variables.get(name)).map(Secret::new)
                : Optional.of(new Secret(contents(name, file)));
    }

    private String contents(String name, String file) {
        try {
            // The line's end is the editor's; spaces may be the password's own.
            return Files.readString(Path.of(file)).replaceFirst("\\R\\z", "");
        } catch (IOException | RuntimeException e) {
            problem("The file that " + name + "_FILE names, " + file + ", cannot be read.");
            return "";
        }
    }
}
