package millrace.loader.run;

/** Rows on their way to a table: nobody sees them before {@link #publish()}. */
public interface Staging extends AutoCloseable {
    /** Adds rows. Several threads may write at the same time. */
    void write(RowWriter rows);

    /** How many rows the server holds. */
    long rows();

    /** Puts these rows into the place of the table's former ones, in one step. */
    void publish();

    /** Removes what is not published. */
    @Override
    void close();
}
