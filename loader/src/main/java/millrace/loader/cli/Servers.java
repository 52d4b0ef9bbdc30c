package millrace.loader.cli;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import millrace.loader.config.ClickHouseSettings;
import millrace.loader.config.PostgresSettings;
import millrace.loader.run.Sink;
import millrace.loader.run.Source;

/** How to get from settings to the servers. */
public record Servers(Function<PostgresSettings, Source> source, Function<ClickHouseSettings, Sink> sink) {
    public Servers {
        requireNonNull(source, "source is null");
        requireNonNull(sink, "sink is null");
    }
}
