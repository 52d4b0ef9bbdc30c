package millrace.loader.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import millrace.contract.pipeline.TableName;

/** Completes publications of several tables that were cut short, before anything else is done to the tables. */
public record Completion(Snapshot snapshot, Sink sink, LoadListener listener) {
    /** Returns the records of what is published; they are in the audit table then. */
    public List<LoadRecord> complete(Survey survey) {
        List<LoadRecord> done = new ArrayList<>();
        for (Unfinished publication : sink.unfinished(survey)) {
            done.addAll(complete(publication));
        }
        return done;
    }

    /** While one of the tables is claimed by another run, that run sees to it, or is the one that publishes. */
    private List<LoadRecord> complete(Unfinished publication) {
        if (snapshot.claim(publication.targets()).isPresent()) {
            return List.of();
        }
        List<LoadRecord> done = sink.complete(publication);
        sink.record(done);
        tell(publication, done);
        sink.forget(publication.name());
        return done;
    }

    private void tell(Unfinished publication, List<LoadRecord> done) {
        Set<TableName> published = new HashSet<>();
        for (LoadRecord record : done) {
            published.add(record.target());
            listener.noted(record.target(), "is published for the run " + record.runId() + ", which was cut short");
        }
        publication.targets().stream()
                .filter(target -> !published.contains(target))
                .forEach(target -> listener.noted(
                        target,
                        "has changed since the run " + publication.runId() + " was cut short, and is left as it is"));
    }
}
