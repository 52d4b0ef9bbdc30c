package millrace.stream.run;

import java.util.Map;

/** What can be asked of a stream while it runs, by its own thread; answers are for people and programs, with a sentence. */
public interface Controls {
    /** @param table as people write it, with or without its schema */
    Map<String, Object> recopy(String table);

    Map<String, Object> pause(String table);

    Map<String, Object> resume(String table);

    /** Has the stream begin again, from its position, with what the pipeline file says by then. */
    Map<String, Object> restart();
}
