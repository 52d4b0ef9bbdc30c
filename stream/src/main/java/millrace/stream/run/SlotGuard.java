package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.FollowOptions;
import millrace.stream.source.SlotState;
import millrace.stream.source.SourceDatabase;

/** Sees to it that the log which the source keeps for the slot does not fill the source's disk. */
final class SlotGuard {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final FollowOptions options;
    private final FollowState state;
    private long lookedAt = System.nanoTime() - EVERY_NANOS;

    SlotGuard(FollowOptions options, FollowState state) {
        this.options = requireNonNull(options, "options is null");
        this.state = requireNonNull(state, "state is null");
    }

    /**
     * Looks, once in a while.
     *
     * @throws Failure when the slot is to be given up
     */
    void look(long now, SourceDatabase database) {
        if (now - lookedAt < EVERY_NANOS) {
            return;
        }
        lookedAt = now;
        Optional<SlotState> slot = database.slot(options.slot());
        state.slot(slot, options.slotLimit());
        if (slot.filter(this::isToBeDropped).isPresent()) {
            throw Failure.running(
                    "slot-full",
                    "Postgres keeps " + (slot.get().retained() >> 20) + " MiB of its log for the slot " + options.slot()
                            + ", more than the " + (options.slotLimit() >> 20) + " that it may.",
                    "The slot is given up; all tables are copied anew as soon as that is possible.");
        }
    }

    private boolean isToBeDropped(SlotState slot) {
        return options.dropsFullSlot() && options.slotLimit() > 0 && slot.retained() > options.slotLimit();
    }

    /** Gives the slot up if it is to be, now that nothing reads from it. */
    void lookWhileNothingFollows(SourceDatabase database) {
        Optional<SlotState> slot = database.slot(options.slot());
        state.slot(slot, options.slotLimit());
        if (slot.filter(this::isToBeDropped).filter(found -> !found.active()).isPresent()) {
            database.dropSlot(options.slot());
        }
    }
}
