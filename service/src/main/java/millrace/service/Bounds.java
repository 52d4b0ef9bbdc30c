package millrace.service;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * How much of a service its clients may take.
 *
 * @param threads the most at once
 * @param connections the most at once
 * @param requests the most that are answered at once
 * @param uncounted which paths do not count among them, for they hold no thread or must be answered
 * @param bodyBytes the most of one request, by path
 * @param persistent whether a connection may carry more than one request
 * @param idle how long a connection may do nothing
 * @param head how long the head of a request may take
 * @param body how long the body of a request may take
 * @param answer how long the answer may take, by path; empty for one that has a limit of its own
 */
public record Bounds(
        int threads,
        int connections,
        int requests,
        Predicate<String> uncounted,
        ToIntFunction<String> bodyBytes,
        boolean persistent,
        Duration idle,
        Duration head,
        Duration body,
        Function<String, Optional<Duration>> answer) {
    public Bounds {
        requireNonNull(uncounted, "uncounted is null");
        requireNonNull(bodyBytes, "bodyBytes is null");
        requireNonNull(idle, "idle is null");
        requireNonNull(head, "head is null");
        requireNonNull(body, "body is null");
        requireNonNull(answer, "answer is null");
    }
}
