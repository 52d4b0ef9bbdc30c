package millrace.webhook.service;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import millrace.webhook.run.RunId;

/**
 * A run as it is asked for.
 *
 * @param cause who or what asks
 * @param command dbt's arguments as far as they are the run's own, the verb first
 * @param target the connection of profiles.yml
 * @param retryOf the run that it repeats
 * @param skipped what is left out and why, a sentence each
 * @param isNothing whether there is nothing to do: the run ends as it begins
 * @param key by which the same request is known again
 */
public record Order(
        String pipeline,
        String cause,
        List<String> command,
        String target,
        Optional<RunId> retryOf,
        List<String> skipped,
        boolean isNothing,
        Optional<Key> key) {
    /**
     * The name that a client gives a request.
     *
     * @param fingerprint of the request's body
     */
    public record Key(String name, String fingerprint) {}

    public Order {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(cause, "cause is null");
        requireNonNull(target, "target is null");
        requireNonNull(retryOf, "retryOf is null");
        requireNonNull(key, "key is null");
        command = List.copyOf(command);
        skipped = List.copyOf(skipped);
    }
}
