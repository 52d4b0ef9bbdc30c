package millrace.webhook.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import millrace.webhook.dbt.Build;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunId;

/** Which runs wait and which are active: at most one on a target, those of a target in the order in which they came. Not for several threads at once. */
final class Lane {
    /**
     * A run that has not ended.
     *
     * @param build null until it is active
     */
    record Place(Run run, CompletableFuture<Run> end, Build build) {}

    private final Map<RunId, Place> waiting = new LinkedHashMap<>();
    private final Map<String, Place> active = new HashMap<>();

    void add(Run run, CompletableFuture<Run> end) {
        waiting.put(run.runId(), new Place(run, end, null));
    }

    /** Takes a run that waits out of the queue. */
    Optional<Place> withdraw(RunId id) {
        return Optional.ofNullable(waiting.remove(id));
    }

    /** Takes the first run that waits for a target on which none is active. */
    Optional<Place> next() {
        Optional<Place> next = waiting.values().stream()
                .filter(place -> !active.containsKey(place.run().target()))
                .findFirst();
        next.ifPresent(place -> waiting.remove(place.run().runId()));
        return next;
    }

    void begin(Place place) {
        active.put(place.run().target(), place);
    }

    void end(Place place) {
        active.remove(place.run().target());
    }

    List<Place> active() {
        return List.copyOf(active.values());
    }

    Optional<Place> find(RunId id) {
        return active().stream()
                .filter(place -> place.run().runId().equals(id))
                .findFirst()
                .or(() -> Optional.ofNullable(waiting.get(id)));
    }

    /** A run that another one on this target would have to wait for. */
    Optional<Run> inTheWay(String target) {
        return Optional.ofNullable(active.get(target))
                .or(() -> waiting.values().stream()
                        .filter(place -> place.run().target().equals(target))
                        .findFirst())
                .map(Place::run);
    }

    int waiting() {
        return waiting.size();
    }

    /** How many runs wait before this one, and itself; empty when it does not wait. */
    OptionalInt position(RunId id) {
        int index = new ArrayList<>(waiting.keySet()).indexOf(id);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index + 1);
    }
}
