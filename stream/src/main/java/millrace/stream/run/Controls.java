package millrace.stream.run;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What can be asked of a stream while it runs, by its own thread; answers are for people and programs, with a sentence. */
public interface Controls {
    /** @param table as people write it, with or without its schema */
    Map<String, Object> recopy(String table);

    Map<String, Object> pause(String table);

    Map<String, Object> resume(String table);

    /**
     * Has nothing written beyond a place, until it is released.
     *
     * @param place 0 for the next one between two transactions
     * @param seconds after which it is released by itself
     * @return when the place has been reached
     */
    CompletableFuture<Map<String, Object>> hold(long place, int seconds);

    Map<String, Object> release();

    /** Counts the rows that readers are not shown. */
    Map<String, Object> recheck();

    /** Has the stream begin again, from its position, with what the pipeline file says by then. */
    Map<String, Object> restart();
}
