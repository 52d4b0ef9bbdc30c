package millrace.webhook.service;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import millrace.webhook.run.Run;

/**
 * What one gets for starting a run.
 *
 * @param run the run as it started
 * @param end completes with the finished run, never exceptionally; nobody who waits on it can end the run
 */
public record Ticket(Run run, CompletableFuture<Run> end) {
    public Ticket {
        requireNonNull(run, "run is null");
        requireNonNull(end, "end is null");
    }
}
