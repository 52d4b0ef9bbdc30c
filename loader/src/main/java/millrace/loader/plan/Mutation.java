package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

/**
 * A change in place that a table's server remembers.
 *
 * @param version grows from change to change
 * @param command as in ALTER TABLE … command
 */
public record Mutation(long version, String command) {
    public Mutation {
        requireNonNull(command, "command is null");
    }

    /** Whether it changes what the rows say, and not only how they are kept. */
    boolean changesRows() {
        String bare = command.startsWith("(") ? command.substring(1) : command;
        return bare.startsWith("DELETE") || bare.startsWith("UPDATE") || bare.startsWith("CLEAR COLUMN");
    }
}
