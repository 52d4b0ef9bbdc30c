package millrace.bench;

import io.debezium.connector.postgresql.PostgresConnectorTask;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * Reads the changes of a Postgres by Debezium's connector, whose task is polled as Kafka Connect and Debezium's engine poll it, and
 * does nothing with them. Says when each change of the row that shows arrival has come: its number, microseconds since 1970.
 */
public final class ReadChanges {
    private static final long ACKNOWLEDGE_MILLIS = 1000;

    private ReadChanges() {}

    /** @param args the file with the connector's configuration */
    public static void main(String[] args) throws IOException, InterruptedException {
        PostgresConnectorTask task = new PostgresConnectorTask();
        Map<String, String> configuration = configuration(Path.of(args[0]));
        task.initialize(new Context(configuration));
        task.start(configuration);
        Runtime.getRuntime().addShutdownHook(new Thread(task::stop));
        long acknowledged = System.currentTimeMillis();
        while (true) {
            List<SourceRecord> records = task.poll();
            if (records != null && !records.isEmpty()) {
                long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                records.forEach(each -> tell(each, now));
                task.commitRecord(records.get(records.size() - 1), null);
            }
            if (System.currentTimeMillis() - acknowledged > ACKNOWLEDGE_MILLIS) {
                task.commit();
                acknowledged = System.currentTimeMillis();
            }
        }
    }

    private static Map<String, String> configuration(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> configuration = new HashMap<>();
        properties.forEach((key, value) -> configuration.put((String) key, (String) value));
        return configuration;
    }

    private static void tell(SourceRecord each, long now) {
        if (each.value() instanceof Struct value && value.schema().field("after") != null) {
            Struct after = value.getStruct("after");
            if (after != null && after.getInt64("id") == -1) {
                System.out.println(after.getInt64("probe") + " " + now);
            }
        }
    }

    /** Offsets are kept nowhere: the slot alone says where it goes on. */
    private record Context(Map<String, String> configs) implements SourceTaskContext, OffsetStorageReader {
        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        @Override
        public PluginMetrics pluginMetrics() {
            return null;
        }

        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return null;
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            return new HashMap<>();
        }
    }
}
