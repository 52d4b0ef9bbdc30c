package millrace.webhook.run;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which runs a list shows, newest first.
 *
 * @param before only runs older than this one
 * @param limit the most
 */
public record RunFilter(
        Optional<String> pipeline, Optional<RunState> state, Optional<Verb> verb, Optional<RunId> before, int limit) {
    public RunFilter {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(state, "state is null");
        requireNonNull(verb, "verb is null");
        requireNonNull(before, "before is null");
    }

    /** The newest runs of all. */
    public static RunFilter newest(int limit) {
        return new RunFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
    }

    /** The newest runs of a pipeline. */
    public static RunFilter of(String pipeline, int limit) {
        return new RunFilter(Optional.of(pipeline), Optional.empty(), Optional.empty(), Optional.empty(), limit);
    }

    /** The newest runs in a state. */
    public static RunFilter in(RunState state, int limit) {
        return new RunFilter(Optional.empty(), Optional.of(state), Optional.empty(), Optional.empty(), limit);
    }
}
