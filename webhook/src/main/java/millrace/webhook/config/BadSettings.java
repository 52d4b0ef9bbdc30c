package millrace.webhook.config;

import java.util.List;

/** The environment does not describe a webhook that can start; names every problem at once. */
public final class BadSettings extends Exception {
    private final transient List<String> problems;

    public BadSettings(List<String> problems) {
        super(String.join(" ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence per problem, never empty. */
    public List<String> problems() {
        return problems;
    }
}
