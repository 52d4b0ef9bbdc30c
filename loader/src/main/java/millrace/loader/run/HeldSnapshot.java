package millrace.loader.run;

/** A moment of the source that this process holds open for the loads of a run. */
public interface HeldSnapshot extends AutoCloseable {
    /** The source's own name for it. */
    String id();

    /** False once the source no longer knows it. Asks the server. */
    boolean isHeld();

    @Override
    void close();
}
