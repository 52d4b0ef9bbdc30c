package millrace.loader.plan;

/**
 * A range of a table's blocks. The last slice of a table has no end, so that the slices cover every row, wherever it is.
 *
 * @param firstBlock the first block within
 * @param endBlock the first block beyond, or {@link #OPEN}
 */
public record Slice(long firstBlock, long endBlock) {
    public static final long OPEN = -1;
    public static final Slice WHOLE = new Slice(0, OPEN);

    public Slice {
        if (firstBlock < 0 || endBlock != OPEN && endBlock <= firstBlock) {
            throw new IllegalArgumentException("no blocks from " + firstBlock + " to " + endBlock);
        }
    }

    public boolean isWhole() {
        return firstBlock == 0 && endBlock == OPEN;
    }

    @Override
    public String toString() {
        return isWhole()
                ? "all blocks"
                : "blocks " + firstBlock + " to " + (endBlock == OPEN ? "the end" : endBlock - 1);
    }
}
