package millrace.webhook.outgoing;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;

/**
 * One message to one target, and how far it has come.
 *
 * @param number in the order in which messages were written; 0 of one that is not kept yet
 * @param messageId the same whenever it is sent: {@code webhook-id}
 * @param type such as run.completed
 * @param targetKey which target
 * @param target its address without what may be secret
 * @param body the bytes that are sent, as text
 * @param attempts how often it was sent
 * @param nextAt when it is sent again; null when it is not
 * @param answer what came of the last attempt; null before the first
 */
public record Delivery(
        long number,
        String messageId,
        String type,
        @JsonIgnore String targetKey,
        String target,
        @JsonIgnore String body,
        State state,
        int attempts,
        Instant createdAt,
        Instant nextAt,
        String answer) {
    /** How far it has come. */
    public enum State {
        /** To be sent, or sent again. */
        @JsonProperty("waiting")
        WAITING,
        /** The target has answered with 2xx. */
        @JsonProperty("delivered")
        DELIVERED,
        /** Not sent any more. */
        @JsonProperty("given_up")
        GIVEN_UP;

        /** As the API spells it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Delivery {
        requireNonNull(messageId, "messageId is null");
        requireNonNull(type, "type is null");
        requireNonNull(targetKey, "targetKey is null");
        requireNonNull(target, "target is null");
        requireNonNull(body, "body is null");
        requireNonNull(state, "state is null");
        requireNonNull(createdAt, "createdAt is null");
    }

    /** The same, accepted by its target. */
    public Delivery delivered(String how) {
        return with(State.DELIVERED, null, how);
    }

    /** The same, to be sent again. */
    public Delivery again(Instant at, String why) {
        return with(State.WAITING, at, why);
    }

    /** The same, never to be sent again. */
    public Delivery givenUp(String why) {
        return with(State.GIVEN_UP, null, why);
    }

    private Delivery with(State next, Instant at, String outcome) {
        return new Delivery(
                number, messageId, type, targetKey, target, body, next, attempts + 1, createdAt, at, outcome);
    }
}
