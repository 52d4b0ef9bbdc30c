package millrace.webhook.outgoing;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import millrace.service.Json;

/**
 * Something that targets are told.
 *
 * @param id the same whenever it is sent
 * @param type such as run.completed
 * @param data what it is about, for programs
 * @param text the same for people, a sentence or two
 */
public record Message(String id, String type, ObjectNode data, String text) {
    public Message {
        requireNonNull(id, "id is null");
        requireNonNull(type, "type is null");
        requireNonNull(data, "data is null");
        requireNonNull(text, "text is null");
    }

    /** A delivery to each of these. */
    public List<Delivery> to(List<Target> targets, Instant now) {
        return targets.stream()
                .map(target -> new Delivery(
                        0,
                        id,
                        type,
                        target.key(),
                        target.shown(),
                        body(target.form(), now),
                        Delivery.State.WAITING,
                        0,
                        now,
                        now,
                        null))
                .toList();
    }

    private String body(Target.Form form, Instant now) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        switch (form) {
            case STANDARD ->
                body.put("type", type).put("timestamp", now.toString()).set("data", data);
            case SLACK -> body.put("text", text);
        }
        return Json.text(body);
    }
}
