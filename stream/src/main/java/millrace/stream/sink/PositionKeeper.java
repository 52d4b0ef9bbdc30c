package millrace.stream.sink;

/** Is told of each batch that is written whole, before the source is. */
@FunctionalInterface
public interface PositionKeeper {
    void keep(Batch batch);
}
