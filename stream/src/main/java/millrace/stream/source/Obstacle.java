package millrace.stream.source;

import static java.util.Objects.requireNonNull;

/**
 * Something that keeps a source from being followed.
 *
 * @param sql what removes it, empty where no statement does
 */
public record Obstacle(String sentence, String sql) {
    public Obstacle {
        requireNonNull(sentence, "sentence is null");
        requireNonNull(sql, "sql is null");
    }

    public Obstacle(String sentence) {
        this(sentence, "");
    }
}
