package millrace.generator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.generator.failure.Failure;

/** Reads settings from environment variables; all that is missing or wrong is told at once. */
public final class Environment {
    private final Map<String, String> variables;
    private final List<String> problems = new ArrayList<>();

    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** @throws Failure with a line for each problem that was met so far */
    public void refuseProblems() {
        if (!problems.isEmpty()) {
            throw Failure.configuration(
                    "bad-configuration",
                    String.join("\n", problems),
                    "generator/README.md lists the settings. Nothing was changed.");
        }
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    String needed(String name) {
        String value = variables.getOrDefault(name, "");
        if (value.isEmpty()) {
            problem("The environment variable " + name + " is not set.");
        }
        return value;
    }

    String text(String name, String otherwise) {
        String value = variables.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    /** A port from `least` to 65535. */
    int port(String name, int least, int otherwise) {
        String value = text(name, Integer.toString(otherwise));
        if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= 65535) {
            return Integer.parseInt(value);
        }
        problem("The environment variable " + name + " must be a port from " + least + " to 65535, not \"" + value
                + "\".");
        return otherwise;
    }

    /** A password: the variable itself, or the file that NAME_FILE names. An empty password is a password. */
    Secret secret(String name) {
        Optional<Secret> secret = optionalSecret(name);
        if (secret.isEmpty()) {
            problem("The environment variable " + name + " is not set, nor is " + name + "_FILE.");
        }
        return secret.orElse(new Secret(""));
    }

    Optional<Secret> optionalSecret(String name) {
        String file = variables.getOrDefault(name + "_FILE", "");
        if (!file.isEmpty()) {
            return Optional.of(new Secret(contents(name, file)));
        }
        return Optional.ofNullable(variables.get(name)).map(Secret::new);
    }

    private String contents(String name, String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | RuntimeException e) {
            problem("The file that " + name + "_FILE names, " + file + ", cannot be read.");
            return "";
        }
    }
}
