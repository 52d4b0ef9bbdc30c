package millrace.loader.verify;

import millrace.loader.plan.TablePlan;

/** Is told how a comparison goes, by any thread. */
public interface VerifyListener {
    void began(TablePlan table);

    /** More rows of the source have been read. */
    void read(long rows);

    void ended(TableComparison comparison);
}
