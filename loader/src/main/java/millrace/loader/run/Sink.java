package millrace.loader.run;

import millrace.loader.codec.TimeLimits;
import millrace.loader.plan.TableSpec;
import millrace.loader.verify.Fingerprints;

/** Where tables go. Safe for use by several threads. */
public interface Sink {
    /** Makes the database of the raw tables, that of the models, and the audit table where they are missing. */
    void init(String database);

    /** What the server's date types hold. */
    TimeLimits timeLimits();

    /** The statement that makes the table as it will be, for people. */
    String definition(TableSpec table);

    /** Removes what killed runs of this table have left, and makes an empty staging table. */
    Staging stage(TableSpec table);

    /** Adds a row to the audit table. */
    void record(LoadRecord load);

    /** Hashes the published tables. */
    Fingerprints fingerprints();

    /** Ends whatever writes are under way; they fail. */
    void cancel();
}
