package millrace.loader.cli;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import millrace.contract.settings.ClickHouseSettings;
import millrace.contract.settings.PostgresSettings;
import millrace.loader.run.Sink;
import millrace.loader.run.Source;

/** How to get from settings to the servers. */
public record Servers(Function<PostgresSettings, Source> source, Function<ClickHouseSettings, Sink> sink) {
    public Servers {
        requireNonNull(source, "source is null");
        requireNonNull(sink, "sink is null");
    }
}
