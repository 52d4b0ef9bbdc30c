package millrace.webhook.dbt;

import java.util.ArrayList;
import java.util.List;
import millrace.service.Json;
import millrace.webhook.pipeline.Selection;
import millrace.webhook.run.Options;

/** What a run tells dbt, besides where its files are. */
public final class Arguments {
    private Arguments() {}

    /** Of a run within a pipeline: what it selects is cut down to what belongs to the pipeline. */
    public static List<String> of(Options options, Selection pipeline) {
        return of(options, within(options, pipeline));
    }

    /** The same, but of what it selects only what one of these selectors selects, too. */
    public static List<String> of(Options options, Selection pipeline, List<String> selectors) {
        return of(options, both(selectors, within(options, pipeline)));
    }

    private static List<String> within(Options options, Selection pipeline) {
        return options.select().isEmpty() ? pipeline.parts() : both(options.select(), pipeline.parts());
    }

    /** dbt takes what stands between commas together. */
    private static List<String> both(List<String> some, List<String> others) {
        return some.stream()
                .flatMap(part -> others.stream().map(other -> part + "," + other))
                .toList();
    }

    /** Of a run that selects nodes of a pipeline by their names. */
    public static List<String> of(Options options, List<String> select) {
        List<String> words = new ArrayList<>(options.verb().words());
        words.add("--select");
        words.addAll(select);
        if (!options.exclude().isEmpty()) {
            words.add("--exclude");
            words.addAll(options.exclude());
        }
        if (options.fullRefresh()) {
            words.add("--full-refresh");
        }
        if (!options.vars().isEmpty()) {
            words.addAll(List.of("--vars", Json.text(options.vars())));
        }
        options.threads().ifPresent(threads -> words.addAll(List.of("--threads", threads.toString())));
        options.target().ifPresent(target -> words.addAll(List.of("--target", target)));
        return words;
    }
}
