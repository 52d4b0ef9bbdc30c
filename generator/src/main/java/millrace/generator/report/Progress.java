package millrace.generator.report;

/** Is told how far a long piece of work has come. */
public interface Progress {
    /** @param total how many rows it will be */
    void begin(String table, long total);

    void advance(long rows);

    void end();
}
