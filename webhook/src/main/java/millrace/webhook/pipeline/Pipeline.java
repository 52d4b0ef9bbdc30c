package millrace.webhook.pipeline;

import static java.util.Objects.requireNonNull;

/**
 * What the webhook needs of a pipeline.
 *
 * @param name its name
 * @param selection the part of the dbt project that belongs to it
 */
public record Pipeline(PipelineName name, Selection selection) {
    public Pipeline {
        requireNonNull(name, "name is null");
        requireNonNull(selection, "selection is null");
    }
}
