package millrace.stream.sink;

import static java.util.Objects.requireNonNull;

/** Writes the position of a pipeline as its batches are written. */
public final class StreamPosition implements PositionKeeper {
    private final Positions positions;
    private Position position;

    /** @param position from where the stream goes on */
    public StreamPosition(Positions positions, Position position) {
        this.positions = requireNonNull(positions, "positions is null");
        this.position = requireNonNull(position, "position is null");
    }

    @Override
    public void keep(Batch batch) {
        position = position.at(batch.position());
        positions.write(position, batch.commitMicros());
    }
}
