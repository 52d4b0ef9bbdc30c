package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import millrace.contract.failure.Failure;

/**
 * How a table stands, for whoever asks.
 *
 * @param sentence why it is not followed; empty when it is
 */
record TableStatus(Kind kind, Instant since, String code, String sentence, String hint) {
    enum Kind {
        FOLLOWING,
        /** It waits to be copied. */
        LEFT,
        COPYING,
        /** It could not be copied, and is tried again. */
        WAITING,
        PAUSED
    }

    TableStatus {
        requireNonNull(kind, "kind is null");
        requireNonNull(since, "since is null");
        requireNonNull(code, "code is null");
        requireNonNull(sentence, "sentence is null");
        requireNonNull(hint, "hint is null");
    }

    private static TableStatus of(Kind kind, String sentence) {
        return new TableStatus(kind, Instant.now(), "", sentence, "");
    }

    static TableStatus following() {
        return of(Kind.FOLLOWING, "");
    }

    static TableStatus left(String sentence) {
        return of(Kind.LEFT, sentence);
    }

    static TableStatus copying() {
        return of(Kind.COPYING, "It is copied.");
    }

    static TableStatus paused() {
        return of(Kind.PAUSED, "It was paused by a command; \"follow resume\" copies it anew.");
    }

    static TableStatus waiting(Failure failure) {
        return new TableStatus(Kind.WAITING, Instant.now(), failure.code(), failure.sentence(), failure.hint());
    }

    /** Whether nobody needs to do anything. */
    boolean isWell() {
        return kind != Kind.WAITING;
    }

    void putInto(Map<String, Object> json) {
        json.put("state", kind.name().toLowerCase(Locale.ROOT));
        json.put("since", since.toString());
        if (!sentence.isEmpty()) {
            json.put("code", code);
            json.put("sentence", sentence);
            json.put("hint", hint);
        }
    }
}
