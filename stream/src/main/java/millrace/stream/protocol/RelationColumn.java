package millrace.stream.protocol;

import static java.util.Objects.requireNonNull;

/**
 * A column as the stream describes it.
 *
 * @param type the number of its type in pg_type
 * @param modifier of the type, -1 for none
 */
public record RelationColumn(String name, long type, int modifier) {
    public RelationColumn {
        requireNonNull(name, "name is null");
    }
}
