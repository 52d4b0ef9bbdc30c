package millrace.loader.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import millrace.contract.failure.Failure;
import millrace.loader.plan.SourceMoment;

/**
 * How a load went: a record for each table, and why it failed if it did.
 *
 * @param moment of the source that was read; empty when it did not come to that
 */
public record LoadReport(
        LoadRequest request, List<LoadRecord> loads, Optional<SourceMoment> moment, Optional<Failure> failure) {
    public LoadReport {
        requireNonNull(request, "request is null");
        loads = List.copyOf(loads);
        requireNonNull(moment, "moment is null");
        requireNonNull(failure, "failure is null");
    }
}
