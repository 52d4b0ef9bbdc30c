package millrace.loader.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import millrace.contract.failure.Failure;

/** How a load went: a record for each table, and why it failed if it did. */
public record LoadReport(LoadRequest request, List<LoadRecord> loads, Optional<Failure> failure) {
    public LoadReport {
        requireNonNull(request, "request is null");
        loads = List.copyOf(loads);
        requireNonNull(failure, "failure is null");
    }
}
