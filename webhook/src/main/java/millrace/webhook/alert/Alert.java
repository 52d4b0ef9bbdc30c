package millrace.webhook.alert;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import millrace.contract.pipeline.AlertOptions.Kind;
import millrace.service.Digest;
import millrace.service.Json;
import millrace.webhook.outgoing.Message;

/**
 * Something about a pipeline that somebody should look at.
 *
 * @param subject a table with its database, dbt or follower
 * @param mark which load it is about; empty of what goes on
 * @param sentence for people
 * @param since when it was seen first
 */
public record Alert(String pipeline, Kind kind, String subject, String mark, String sentence, Instant since) {
    private static final int ID_DIGITS = 16;

    public Alert {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(mark, "mark is null");
        requireNonNull(sentence, "sentence is null");
        requireNonNull(since, "since is null");
    }

    /** The same of an alert as long as it goes on. */
    public String id() {
        return pipeline + " " + kind.spelled() + " " + subject + " " + mark;
    }

    /** Whether it tells of something that has happened, which is never over. */
    @JsonIgnore
    public boolean isMoment() {
        return !mark.isEmpty();
    }

    /** That it has begun. */
    public Message begun() {
        return message("begun", pipeline + ": " + sentence);
    }

    /** That it is over. */
    public Message over() {
        return message("over", pipeline + ": it is over: " + sentence);
    }

    private Message message(String event, String text) {
        ObjectNode data = Json.tree(this);
        data.remove("mark");
        data.put("kind", kind.spelled());
        String id = "msg_alert_" + Digest.sha256(id() + since).substring(0, ID_DIGITS) + "_" + event;
        return new Message(id, "alert." + event, data, text);
    }
}
