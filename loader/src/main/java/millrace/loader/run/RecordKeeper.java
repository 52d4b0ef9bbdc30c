package millrace.loader.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;

/** Makes the records of a run: one for every table that was asked for, whether its load began or not. */
record RecordKeeper(LoadRequest request, Instant startedAt) {
    /** @param completed those of tables that an earlier attempt had begun to publish */
    List<LoadRecord> records(List<TableLoad> loads, List<LoadRecord> completed, Optional<Failure> failure) {
        String reason = failure.map(Failure::sentence).orElse("");
        List<LoadRecord> records = new ArrayList<>(completed);
        Set<TableName> begun = new HashSet<>();
        completed.forEach(record -> begun.add(record.target()));
        for (TableLoad load : loads) {
            begun.add(load.plan().spec().target());
            records.add(load.record(request, reason));
        }
        for (TableEntry entry : request.tables()) {
            if (!begun.contains(entry.target())) {
                records.add(neverBegun(entry, reason));
            }
        }
        return records;
    }

    private LoadRecord neverBegun(TableEntry entry, String reason) {
        return new LoadRecord(
                request.runId(),
                request.pipeline(),
                entry.source(),
                entry.target(),
                entry.options().mode().label(),
                startedAt,
                Instant.now(),
                0,
                0,
                0,
                0,
                LoadRecord.Outcome.FAILED,
                reason);
    }
}
