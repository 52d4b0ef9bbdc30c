package millrace.webhook.warehouse;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import millrace.service.Json;

/**
 * The last load that brought rows, of each table that loads fill. Marks of different moments are compared, never ordered: clocks
 * may differ.
 *
 * @param byTable a text that each such load changes, by the table's name with its database
 */
public record Marks(Map<String, String> byTable) {
    public Marks {
        byTable = Map.copyOf(byTable);
    }

    /** The mark of a table; empty for one that is filled in another way. */
    public Optional<String> of(String table) {
        requireNonNull(table, "table is null");
        return Optional.ofNullable(byTable.get(table));
    }

    /** Keeps them in a file. */
    public void write(Path file) throws IOException {
        Files.writeString(file, Json.text(new TreeMap<>(byTable)));
    }

    /** What was kept in a file; empty when it is not there. */
    public static Optional<Marks> read(Path file) {
        try {
            Map<String, String> byTable = new TreeMap<>();
            Json.readTree(file)
                    .propertyStream()
                    .forEach(mark -> byTable.put(mark.getKey(), mark.getValue().asText()));
            return Optional.of(new Marks(byTable));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
