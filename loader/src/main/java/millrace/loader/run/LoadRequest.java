package millrace.loader.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import millrace.contract.pipeline.TableEntry;
import millrace.loader.plan.Scope;

/**
 * What one load is to do.
 *
 * @param file how messages name the pipeline file
 * @param scope how much of the tables is loaded
 * @param adopt whether targets that the loader did not make for these tables are taken over
 * @param workers how many slices are copied at the same time
 * @param retries how often it begins again when a server or a connection was lost
 */
public record LoadRequest(
        String runId,
        String pipeline,
        String file,
        List<TableEntry> tables,
        Scope scope,
        boolean adopt,
        int workers,
        int retries) {
    public LoadRequest {
        requireNonNull(runId, "runId is null");
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(file, "file is null");
        tables = List.copyOf(tables);
        requireNonNull(scope, "scope is null");
        if (tables.isEmpty() || workers < 1 || retries < 0) {
            throw new IllegalArgumentException("a load needs tables and workers");
        }
    }

    /** The same for one of its tables. */
    LoadRequest only(TableEntry table) {
        return new LoadRequest(runId, pipeline, file, List.of(table), scope, adopt, workers, retries);
    }
}
