package millrace.loader.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import millrace.contract.pipeline.OnRefusal;

/**
 * Rows on their way: taken in one by one in Postgres' binary tuple format (a count of fields, then each field's length and
 * value), given out as one block of ClickHouse's Native format. Its memory is used again for the next block.
 */
public final class RowBlock {
    /** ClickHouse's own block size. */
    static final int MAX_ROWS = 65_536;
    /** Wide rows end a block early, so that memory stays the same whatever the table. */
    static final int MAX_BYTES = 8 << 20;

    /** In the place of a field's length: the value is of no concern, so any will do, NULL where that can be. */
    public static final int ABSENT = -2;

    /** Of tables whose rows may be kept from readers: which values of the row do not fit, and why; empty when all do. */
    public static final String REFUSED = "_refused";

    private static final int FIELD_COUNT = Short.BYTES;

    private final BlockColumn[] columns;
    private final Codec[] codecs;
    private final int[] plainWidths;
    private final ColumnBuffer[] buffers;
    private final byte[][] heads;
    private int rows;
    private int bytes;
    private long replaced;
    /** Null where no row may be kept from readers. */
    private final ColumnBuffer refusals;

    private final byte[] refusalsHead;
    private String refusal = "";

    public RowBlock(List<BlockColumn> columns) {
        this.columns = columns.toArray(BlockColumn[]::new);
        codecs = new Codec[this.columns.length];
        plainWidths = new int[this.columns.length];
        buffers = new ColumnBuffer[this.columns.length];
        heads = new byte[this.columns.length][];
        for (int i = 0; i < codecs.length; i++) {
            codecs[i] = this.columns[i].codec();
            plainWidths[i] = this.columns[i].nullable() ? 0 : codecs[i].plainWidth();
            buffers[i] = codecs[i].newBuffer(this.columns[i].nullable());
            heads[i] = head(this.columns[i]);
        }
        BlockColumn refused = new BlockColumn(REFUSED, TextCodec.PLAIN, false);
        boolean quarantines = columns.stream().anyMatch(BlockColumn::quarantines);
        refusals = quarantines ? ColumnBuffer.plain() : null;
        refusalsHead = head(refused);
    }

    private static byte[] head(BlockColumn column) {
        ColumnBuffer head = ColumnBuffer.plain();
        for (String part : List.of(column.name(), column.clickhouseType())) {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            head.putLength(text.length);
            head.putBytes(text, 0, text.length);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            head.writeTo(out);
        } catch (IOException e) {
            throw new AssertionError("memory cannot fail", e);
        }
        return out.toByteArray();
    }

    /**
     * Takes in one row.
     *
     * @throws RefusedCell when a value does not fit its column; the block is of no use then
     */
    public void append(byte[] tuple, int offset, int length) {
        int fields = BigEndian.int16(tuple, offset);
        if (fields != codecs.length) {
            throw new IllegalStateException("a row of " + fields + " fields for " + codecs.length + " columns");
        }
        int position = offset + FIELD_COUNT;
        for (int i = 0; i < codecs.length; i++) {
            int size = BigEndian.int32(tuple, position);
            position += Integer.BYTES;
            if (size == ABSENT) {
                appendAny(i);
                continue;
            }
            if (size < 0) {
                appendNull(i);
                continue;
            }
            // The calls of so many kinds of codecs are not cheap: half of all columns do without.
            if (plainWidths[i] == Integer.BYTES) {
                buffers[i].putInt(BigEndian.int32(tuple, position));
            } else if (plainWidths[i] == Long.BYTES) {
                buffers[i].putLong(BigEndian.int64(tuple, position));
            } else {
                appendValue(i, tuple, position, size);
            }
            position += size;
        }
        if (position != offset + length) {
            throw new IllegalStateException("a row of " + length + " bytes whose fields take " + (position - offset));
        }
        if (refusals != null) {
            refusals.putText(refusal);
            refusal = "";
        }
        rows++;
        bytes += length;
    }

    private void appendValue(int i, byte[] tuple, int position, int size) {
        ColumnBuffer buffer = buffers[i];
        try {
            if (codecs[i].dimensions() > 0 && columns[i].quarantines()) {
                // An array that is refused has begun to be appended.
                codecs[i].check(tuple, position, size);
            }
            codecs[i].append(tuple, position, size, buffer);
        } catch (RefusedValue e) {
            replace(i, tuple, position, size, e);
            return;
        }
        if (buffer.isNullable()) {
            buffer.markNull(false);
        }
    }

    private void replace(int i, byte[] tuple, int position, int size, RefusedValue refused) {
        BlockColumn column = columns[i];
        switch (column.onRefusal()) {
            case STOP, EMPTY ->
                throw new RefusedCell(column.name(), codecs[i].text(tuple, position, size), refused.getMessage());
            case NULL -> {
                codecs[i].appendDefault(buffers[i]);
                buffers[i].markNull(true);
            }
            case TEXT -> {
                buffers[i].putText(codecs[i].text(tuple, position, size));
                if (column.nullable()) {
                    buffers[i].markNull(false);
                }
            }
            case QUARANTINE -> {
                quarantine(column, codecs[i].text(tuple, position, size), refused.getMessage());
                codecs[i].appendDefault(buffers[i]);
                if (column.nullable()) {
                    buffers[i].markNull(true);
                }
            }
        }
        replaced++;
    }

    private void quarantine(BlockColumn column, String value, String reason) {
        refusal += (refusal.isEmpty() ? "" : "; ") + column.name() + " holds " + value + ": " + reason;
    }

    private void appendAny(int i) {
        codecs[i].appendDefault(buffers[i]);
        if (columns[i].nullable()) {
            buffers[i].markNull(true);
        }
    }

    private void appendNull(int i) {
        BlockColumn column = columns[i];
        codecs[i].appendDefault(buffers[i]);
        if (column.nullable()) {
            buffers[i].markNull(true);
        } else if (column.onRefusal() == OnRefusal.EMPTY) {
            replaced++;
        } else if (column.quarantines()) {
            quarantine(column, "NULL", column.clickhouseType() + " cannot be NULL");
            replaced++;
        } else {
            throw new RefusedCell(column.name(), "NULL", column.clickhouseType() + " cannot be NULL");
        }
    }

    /** The value of one column of a row, for messages. */
    public String text(byte[] tuple, int offset, int column) {
        int position = offset + FIELD_COUNT;
        for (int i = 0; i < column; i++) {
            position += Integer.BYTES + Math.max(BigEndian.int32(tuple, position), 0);
        }
        int size = BigEndian.int32(tuple, position);
        return size < 0 ? "NULL" : codecs[column].text(tuple, position + Integer.BYTES, size);
    }

    public int rows() {
        return rows;
    }

    /** How long the rows taken in were, in Postgres' format. */
    public int bytes() {
        return bytes;
    }

    /** How many values have been replaced, in all blocks so far. */
    public long replaced() {
        return replaced;
    }

    public boolean isFull() {
        return rows >= MAX_ROWS || bytes >= MAX_BYTES;
    }

    /** Writes the rows taken in as one Native block and makes room for the next. */
    public void flush(OutputStream out) throws IOException {
        if (rows == 0) {
            return;
        }
        ColumnBuffer counts = ColumnBuffer.plain();
        counts.putLength(columns.length + (refusals == null ? 0 : 1));
        counts.putLength(rows);
        counts.writeTo(out);
        for (int i = 0; i < buffers.length; i++) {
            out.write(heads[i]);
            buffers[i].writeTo(out);
            buffers[i].clear();
        }
        if (refusals != null) {
            out.write(refusalsHead);
            refusals.writeTo(out);
            refusals.clear();
        }
        rows = 0;
        bytes = 0;
    }
}
