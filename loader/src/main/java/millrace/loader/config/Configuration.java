package millrace.loader.config;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import millrace.contract.failure.Failure;
import millrace.contract.failure.Problems;
import millrace.contract.pipeline.Pipeline;
import millrace.contract.settings.ClickHouseSettings;
import millrace.contract.settings.PostgresSettings;

/**
 * The command line together with the pipeline file and the environment that it names: all that a command needs to know.
 *
 * @param selection the tables that the command is for
 */
public record Configuration(
        Pipeline pipeline, Selection selection, PostgresSettings source, ClickHouseSettings target) {
    public Configuration {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(selection, "selection is null");
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
    }

    /** Adds what only the source knows to be wrong, so that it is said together with the rest. */
    @FunctionalInterface
    public interface SecondLook {
        void at(Pipeline pipeline, PostgresSettings source, Problems problems);
    }

    /**
     * Reads what a command that copies or compares tables needs.
     *
     * @param look is taken when a file is wrong whose servers are well described
     * @throws Failure when there is no such pipeline, or with every problem of the file, the flags and the environment at once
     */
    public static Configuration read(Flags flags, Map<String, String> variables, SecondLook look) {
        ConfigurationReader reader = new ConfigurationReader(flags, variables);
        Optional<Pipeline> pipeline = reader.pipeline();
        Optional<Configuration> configuration = pipeline.map(
                found -> new Configuration(found, reader.selection(found), reader.source(found), reader.target(found)));
        configuration.ifPresent(found -> reader.look(found, look));
        reader.refuseProblems();
        return configuration.orElseThrow();
    }
}
