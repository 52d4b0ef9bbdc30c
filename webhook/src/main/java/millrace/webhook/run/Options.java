package millrace.webhook.run;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run is to do. Every part has been held against a list of what is allowed.
 *
 * @param select dbt's selectors within the pipeline; empty for all of it
 * @param exclude selectors of what is left out
 * @param changed whether only that is built whose sources have new rows
 * @param vars dbt's variables by name
 * @param threads how many models at once; empty for what profiles.yml says
 * @param target the connection of profiles.yml; empty for the usual one
 */
public record Options(
        Verb verb,
        List<String> select,
        List<String> exclude,
        boolean fullRefresh,
        boolean changed,
        Map<String, Object> vars,
        Optional<Integer> threads,
        Optional<String> target) {
    /** Builds and tests the whole pipeline. */
    public static final Options DEFAULT =
            new Options(Verb.BUILD, List.of(), List.of(), false, false, Map.of(), Optional.empty(), Optional.empty());

    public Options {
        requireNonNull(verb, "verb is null");
        requireNonNull(threads, "threads is null");
        requireNonNull(target, "target is null");
        select = List.copyOf(select);
        exclude = List.copyOf(exclude);
        vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars)); // in the order in which they came
    }
}
