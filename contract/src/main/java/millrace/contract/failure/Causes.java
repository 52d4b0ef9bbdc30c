package millrace.contract.failure;

import java.util.Optional;
import java.util.stream.Stream;

/** Looks behind an exception. */
public final class Causes {
    private Causes() {}

    /** The exception itself or the first of its causes that is of the type. */
    public static <T extends Throwable> Optional<T> find(Throwable e, Class<T> type) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /** What the innermost cause says. */
    public static String innermost(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    }
}
