package millrace.loader.run;

import java.time.Duration;
import java.util.List;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.TablePlan;

/** Is told how a load goes, by any thread. */
public interface LoadListener {
    void began(TablePlan table);

    /** More of a table has been sent. */
    void copied(TableName target, long rows, long bytes);

    /** Something that people should know of a table; a sentence. */
    void noted(TableName target, String sentence);

    /** All tables are complete and take their places when this returns; unless it fails. */
    default void publishing(List<Ready> tables) {}

    void ended(LoadRecord load);

    /** Something is otherwise than it might be, and no failure: a sentence. */
    void noticed(String sentence);

    /** A server or a connection was lost; the load begins again after a pause. */
    void retrying(Failure failure, Duration pause);
}
