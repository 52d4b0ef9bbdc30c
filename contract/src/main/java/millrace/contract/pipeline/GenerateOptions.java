package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How orders are made in the source.
 *
 * @param dag the id of the DAG that has one made
 * @param schedule a preset or cron expression; empty for by hand only
 */
public record GenerateOptions(String dag, Optional<String> schedule) {
    private static final String EACH_MINUTE = "* * * * *";

    public GenerateOptions {
        requireNonNull(dag, "dag is null");
        requireNonNull(schedule, "schedule is null");
    }

    static GenerateOptions usual(String pipeline) {
        return new GenerateOptions(pipeline + "_generate", Optional.of(EACH_MINUTE));
    }
}
