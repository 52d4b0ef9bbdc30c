package millrace.loader.run;

import millrace.loader.plan.TableName;
import millrace.loader.plan.TablePlan;

/** Is told how a load goes, by any thread. */
public interface LoadListener {
    void began(TablePlan table);

    /** More of a table has been sent. */
    void copied(TableName target, long rows, long bytes);

    void ended(LoadRecord load);
}
