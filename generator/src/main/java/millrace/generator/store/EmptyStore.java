package millrace.generator.store;

/** There is nobody who could order, or nothing to be ordered. */
public final class EmptyStore extends Exception {
    public EmptyStore() {
        super("no customers or no products");
    }
}
