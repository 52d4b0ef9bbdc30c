package millrace.loader.run;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.loader.codec.TimeLimits;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TargetTable;
import millrace.loader.verify.Fingerprints;

/** Where tables go. Safe for use by several threads. */
public interface Sink {
    /** Makes the database of the raw tables, that of the models, and the audit table where they are missing. */
    void init(String database);

    /** What the server's date types hold. */
    TimeLimits timeLimits();

    /** Those of the tables that exist. */
    Map<TableName, TargetTable> tables(Collection<TableName> names);

    /** The highest value of a column as text, empty when it has none. */
    Optional<String> highest(TableName table, String column);

    /** The statements that make the staging table and publish it, for people. */
    List<String> statements(TablePlan plan);

    /** Removes what killed runs of these tables have left. */
    void clear(Collection<TableName> targets);

    /** Makes an empty staging table. */
    Staging stage(TablePlan plan);

    /** Adds rows to the audit table; those it has already are left out. */
    void record(List<LoadRecord> loads);

    /** Hashes the published tables. */
    Fingerprints fingerprints();

    /** Ends whatever writes are under way; they fail. */
    void cancel();
}
