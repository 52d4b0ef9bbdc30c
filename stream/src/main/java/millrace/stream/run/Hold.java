package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import millrace.stream.protocol.Lsn;

/**
 * Nothing is written beyond a place, so that readers see one moment of the source, until it is released or its time is over.
 *
 * @param place the place that was asked for; 0 for the next one between two transactions
 * @param ends when it is released by itself, by System.nanoTime()
 * @param answer is given when the place has been reached
 */
record Hold(long place, long ends, CompletableFuture<Map<String, Object>> answer) {
    private static final long MICROS_TO_2000 = 946_684_800_000_000L;
    private static final long MICROS = 1_000_000;

    Hold {
        requireNonNull(answer, "answer is null");
    }

    static Hold of(long place, int seconds) {
        return new Hold(place, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds), new CompletableFuture<>());
    }

    boolean isOver(long now) {
        return now - ends >= 0;
    }

    boolean isReached() {
        return answer.isDone();
    }

    /**
     * @param reached everything that was committed below it is there, and nothing else
     * @param commitMicros when the last of it was committed, in microseconds since 2000-01-01 00:00 UTC; 0 when that is not known
     */
    void reach(long reached, long commitMicros) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sentence", "The stream is held at " + Lsn.text(reached) + ".");
        json.put("lsn", Lsn.text(reached));
        json.put("time", Instant.now().toString());
        if (commitMicros != 0) {
            json.put("last_commit", instant(commitMicros).toString());
        }
        answer.complete(json);
    }

    static Instant instant(long commitMicros) {
        long micros = commitMicros + MICROS_TO_2000;
        return Instant.ofEpochSecond(micros / MICROS, micros % MICROS * 1000);
    }
}
