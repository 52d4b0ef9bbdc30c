package millrace.loader.run;

/** Rows on their way to a table: nobody sees them before {@link #publish}. */
public interface Staging extends AutoCloseable {
    /** Adds rows. Several threads may write at the same time. */
    void write(RowWriter rows);

    /** How many rows the server holds. */
    long rows();

    /** Why the server holds fewer rows than were written, as its log tells it; empty where it tells nothing. */
    String refusal();

    /** Takes away rows that the target has already, where rows are added to it, and returns how many they were. */
    long removeKnown();

    /**
     * Makes these rows part of the table, or all of it, in one step, and returns how many the table then has.
     *
     * @param rows how many they are
     */
    long publish(long rows);

    /** Removes what is not published. */
    @Override
    void close();
}
