package millrace.stream.run;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import millrace.contract.failure.Failure;

/** Brings questions of other threads to the one that follows, and its answers back. Safe for use by several threads. */
public final class Requests {
    private static final long PATIENCE_SECONDS = 30;

    private record Asked(
            Function<Controls, CompletableFuture<Map<String, Object>>> question,
            CompletableFuture<Map<String, Object>> answer) {}

    private final Queue<Asked> waiting = new ConcurrentLinkedQueue<>();

    /** @throws Failure when it is refused, or there is no stream that could answer */
    public Map<String, Object> ask(Function<Controls, Map<String, Object>> question) {
        return askLong(controls -> CompletableFuture.completedFuture(question.apply(controls)));
    }

    /** The same of what is answered later. */
    public Map<String, Object> askLong(Function<Controls, CompletableFuture<Map<String, Object>>> question) {
        Asked asked = new Asked(question, new CompletableFuture<>());
        waiting.add(asked);
        try {
            return asked.answer().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            waiting.remove(asked);
            throw Failure.running(
                    "not-following",
                    "The stream does not run at this moment, or is busy.",
                    "/health tells what is in the way; ask again then.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Failure failure
                    ? failure
                    : Failure.defect("follower", (Exception) e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.running("interrupted", "The follower ends.", "Ask the next one.");
        }
    }

    void serve(Controls controls) {
        for (Asked asked = waiting.poll(); asked != null; asked = waiting.poll()) {
            CompletableFuture<Map<String, Object>> answer = asked.answer();
            try {
                asked.question().apply(controls).thenAccept(answer::complete);
            } catch (Failure failure) {
                answer.completeExceptionally(failure);
            } catch (RuntimeException defect) {
                answer.completeExceptionally(defect);
                throw defect;
            }
        }
    }
}
