package millrace.loader.config;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import millrace.contract.pipeline.Pipeline;
import millrace.contract.settings.ClickHouseSettings;

/**
 * Where a pipeline's tables go.
 *
 * @param pipeline its name
 * @param database that of the raw tables
 */
public record Destination(String pipeline, String database, ClickHouseSettings server) {
    public Destination {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(database, "database is null");
        requireNonNull(server, "server is null");
    }

    /**
     * Reads what a command needs that has nothing to do with the source.
     *
     * @throws millrace.contract.failure.Failure as {@link Configuration#read} does
     */
    public static Destination read(Flags flags, Map<String, String> variables) {
        ConfigurationReader reader = new ConfigurationReader(flags, variables);
        Optional<Pipeline> pipeline = reader.pipeline();
        Destination destination = pipeline.map(
                        found -> new Destination(found.name(), found.database(), reader.target(found)))
                .orElse(null);
        reader.refuseProblems();
        return destination;
    }
}
