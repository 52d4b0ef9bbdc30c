package millrace.webhook.pipeline;

import java.util.regex.Pattern;
import millrace.service.Refusal;

/**
 * The name of a pipeline. Its alphabet has no dot and no slash, so a name can never lead out of the pipelines folder.
 *
 * @param value lower-case letters, digits and underscores, a letter first, at most 64
 */
public record PipelineName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    public PipelineName {
        if (!FORM.matcher(value).matches()) {
            throw new Refusal(
                    Refusal.Kind.BAD_REQUEST,
                    "bad_pipeline_name",
                    "This is not the name of a pipeline.",
                    "A name starts with a lower-case letter and goes on with lower-case letters, digits and"
                            + " underscores.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
