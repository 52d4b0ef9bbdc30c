package millrace.loader.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.contract.failure.Failure;

/** Ends a run early: the first cause counts, and once publishing has begun there is none any more. */
final class Cancellation {
    private final List<Runnable> actions = new ArrayList<>();
    private Failure cause;
    private boolean sealed;

    /** Has something done when the run is cancelled; at once when it is already. */
    synchronized void onCancel(Runnable action) {
        actions.add(action);
        if (cause != null) {
            action.run();
        }
    }

    synchronized void cancel(Failure failure) {
        if (cause == null && !sealed) {
            cause = failure;
            actions.forEach(Runnable::run);
        }
    }

    /** From now on the run can no longer be cancelled; throws the cause when it has been. */
    synchronized void seal() {
        if (cause != null) {
            throw cause;
        }
        sealed = true;
    }

    synchronized Optional<Failure> cause() {
        return Optional.ofNullable(cause);
    }
}
