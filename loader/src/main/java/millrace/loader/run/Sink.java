package millrace.loader.run;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import millrace.contract.pipeline.TableName;
import millrace.loader.codec.TimeLimits;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;
import millrace.loader.verify.Fingerprints;

/** Where tables go. Safe for use by several threads. */
public interface Sink {
    /** Makes the database of the raw tables, that of the models, and the audit table where they are missing. */
    void init(String database);

    /** What the server's date types hold. */
    TimeLimits timeLimits();

    /** What there is of what loads of a pipeline's targets need, and of what they have left. */
    Survey survey(String pipeline, Collection<TableName> targets);

    /** Why tables cannot be made, a sentence each; none when they can. */
    List<String> objections(Collection<TableSpec> tables);

    /** The highest value of a column as text, empty when it has none. */
    Optional<String> highest(TableName table, String column);

    /** The statements that make the staging table and publish it, for people. */
    List<String> statements(TablePlan plan);

    /** Makes what is missing, and removes what killed runs have left. */
    void prepare(Survey survey);

    /** Makes an empty staging table. */
    Staging stage(TablePlan plan);

    /**
     * Has tables take their places, as good as at once: each in one step, all of them in one statement as far as the sink can. Cut
     * short, the publication of several tables is found by a later survey and can be completed.
     */
    void publish(String pipeline, List<Ready> tables);

    /** Publications that were cut short. */
    List<Unfinished> unfinished(Survey survey);

    /**
     * Has those tables take their places that have not done so, where what they replace is still what it was. Returns the records
     * of all that are published.
     */
    List<LoadRecord> complete(Unfinished publication);

    /** Forgets a publication, once it is recorded. */
    void forget(TableName publication);

    /** Forgets the publications of this sink, once they are recorded. */
    void forgetOwn();

    /** Adds rows to the audit table; those it has already are left out. */
    void record(List<LoadRecord> loads);

    /** Hashes the published tables. */
    Fingerprints fingerprints();

    /** Ends whatever writes are under way; they fail. */
    void cancel();
}
