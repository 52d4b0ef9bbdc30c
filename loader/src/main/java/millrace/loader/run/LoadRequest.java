package millrace.loader.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import millrace.loader.config.TableEntry;

/**
 * What one load is to do.
 *
 * @param file how messages name the pipeline file
 * @param workers how many slices are copied at the same time
 */
public record LoadRequest(String runId, String pipeline, String file, List<TableEntry> tables, int workers) {
    public LoadRequest {
        requireNonNull(runId, "runId is null");
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(file, "file is null");
        tables = List.copyOf(tables);
        if (tables.isEmpty() || workers < 1) {
            throw new IllegalArgumentException("a load needs tables and workers");
        }
    }
}
