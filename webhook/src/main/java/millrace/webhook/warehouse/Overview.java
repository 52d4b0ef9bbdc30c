package millrace.webhook.warehouse;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What ClickHouse tells of all pipelines.
 *
 * @param problem why it tells nothing, or not all
 */
public record Overview(List<LoadedTable> tables, List<Follower> followers, Optional<String> problem) {
    public Overview {
        tables = List.copyOf(tables);
        followers = List.copyOf(followers);
        requireNonNull(problem, "problem is null");
    }

    static Overview unknown(String problem) {
        return new Overview(List.of(), List.of(), Optional.of(problem));
    }

    public List<LoadedTable> tables(String pipeline) {
        return tables.stream().filter(it -> it.pipeline().equals(pipeline)).toList();
    }

    public Optional<Follower> follower(String pipeline) {
        return followers.stream().filter(it -> it.pipeline().equals(pipeline)).findFirst();
    }
}
