package millrace.webhook.service;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import millrace.webhook.run.Run;

/**
 * What one gets for asking for a run.
 *
 * @param run the run as it was then
 * @param end completes with the finished run, never exceptionally; nobody who waits on it can end the run
 * @param isNew whether this request made the run, rather than an earlier one with the same key
 */
public record Ticket(Run run, CompletableFuture<Run> end, boolean isNew) {
    public Ticket {
        requireNonNull(run, "run is null");
        requireNonNull(end, "end is null");
    }
}
