package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.FollowOptions;
import millrace.contract.pipeline.Pipeline;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.contract.settings.ClickHouseSettings;
import millrace.contract.settings.PostgresSettings;
import millrace.loader.config.Configuration;
import millrace.loader.config.Flags;
import millrace.loader.postgres.PostgresSource;
import millrace.stream.source.SourceDatabase;

/** What the pipeline file and the environment say about following a source. */
public record Setup(
        Configuration configuration, FollowOptions options, PostgresSettings source, ClickHouseSettings target) {
    private static final int LONGEST_BASE = 48;

    public Setup {
        requireNonNull(configuration, "configuration is null");
        requireNonNull(options, "options is null");
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
    }

    /** @throws Failure with everything that is wrong with them */
    public static Setup read(String pipeline, Map<String, String> environment) {
        Configuration configuration =
                Configuration.read(Flags.pipeline(pipeline), environment, (found, source, problems) -> {});
        Pipeline file = configuration.pipeline();
        FollowOptions options = file.follow()
                .orElseThrow(() -> Failure.configuration(
                        "not-followed",
                        "The pipeline " + file.name() + " is loaded, not followed.",
                        "Write \"follow: {}\" into " + file.file() + "."));
        return new Setup(configuration, options, configuration.source(), configuration.target());
    }

    /** A name for a slot that lasts as long as its connection. */
    String temporarySlot() {
        String slot = options.slot();
        return slot.substring(0, Math.min(slot.length(), LONGEST_BASE)) + "_copy_"
                + Long.toHexString(ThreadLocalRandom.current().nextLong(1L << 24));
    }

    /** A connection that asks the source. */
    public SourceDatabase database() {
        return new SourceDatabase(source, options.publication());
    }

    /** The table that keeps the changes of a table. */
    TableName storage(TableEntry entry) {
        return new TableName(options.database(), entry.target().table());
    }

    public String pipeline() {
        return configuration.pipeline().name();
    }

    /** The database in which readers see the source's rows. */
    public String readers() {
        return configuration.pipeline().database();
    }

    /** The tables; the source is asked where the file has patterns. */
    public List<TableEntry> entries() {
        boolean asks = configuration.selection().needsCatalog();
        return configuration.selection().of(asks ? new PostgresSource(source).tables() : List.of());
    }
}
