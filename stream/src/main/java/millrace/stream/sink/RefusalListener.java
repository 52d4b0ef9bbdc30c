package millrace.stream.sink;

import millrace.contract.failure.Failure;

/** Is told of a table whose changes cannot be written, before the position moves beyond them. Used by several threads. */
@FunctionalInterface
public interface RefusalListener {
    /** Its changes are left out from now on when this returns. */
    void refused(FollowedTable table, Failure reason);
}
