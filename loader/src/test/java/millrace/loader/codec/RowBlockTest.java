package millrace.loader.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import millrace.contract.pipeline.OnRefusal;
import org.junit.jupiter.api.Test;

class RowBlockTest {
    private static final byte[] ROW = Values.bytes("0002" + "00000002 0102" + "00000001 61");
    private static final byte[] ROW_WITH_NULL = Values.bytes("0002" + "00000002 0304" + "ffffffff");

    private final RowBlock block = new RowBlock(
            List.of(new BlockColumn("n", IntegerCodec.INT16, false), new BlockColumn("t", TextCodec.PLAIN, true)));

    @Test
    void writesOneNativeBlock() throws IOException {
        append(ROW);
        append(ROW_WITH_NULL);
        assertEquals(2, block.rows());
        String n = "01 6e" + "05 496e743136" + "0201 0403";
        String t = "01 74" + "10 4e756c6c61626c6528537472696e6729" + "00 01" + "0161 00";
        assertEquals(Values.plain("02 02" + n + t), flushed());
    }

    @Test
    void startsAnewAfterABlock() throws IOException {
        append(ROW);
        String first = flushed();
        assertEquals(0, block.rows());
        assertEquals("", flushed());
        append(ROW);
        assertEquals(first, flushed());
    }

    @Test
    void isFullAfterAsManyRowsAsClickHouseTakes() {
        for (int i = 1; i < RowBlock.MAX_ROWS; i++) {
            append(ROW);
        }
        assertFalse(block.isFull());
        append(ROW);
        assertTrue(block.isFull());
    }

    @Test
    void isFullEarlyWhenRowsAreWide() {
        byte[] wide = new byte[2 + 4 + 2 + 4 + RowBlock.MAX_BYTES];
        byte[] head = Values.bytes("0002" + "00000002 0102" + "%08x".formatted(RowBlock.MAX_BYTES));
        System.arraycopy(head, 0, wide, 0, head.length);
        append(wide);
        assertTrue(block.isFull());
    }

    @Test
    void refusesNullWhereTheTargetHasNone() {
        RefusedCell refused = assertThrows(RefusedCell.class, () -> append(Values.bytes("0002 ffffffff ffffffff")));
        assertEquals("n", refused.column());
        assertEquals("NULL", refused.value());
    }

    @Test
    void takesAnythingWhereAValueIsOfNoConcern() throws IOException {
        append(Values.bytes("0002 fffffffe fffffffe"));
        String n = "01 6e" + "05 496e743136" + "0000";
        String t = "01 74" + "10 4e756c6c61626c6528537472696e6729" + "01" + "00";
        assertEquals(Values.plain("02 01" + n + t), flushed());
    }

    private static final Codec DATE =
            new DateCodec(TimeLimits.ofDays(LocalDate.of(1900, 1, 1), LocalDate.of(2299, 12, 31), true));

    private static RowBlock oneColumn(Codec codec, boolean nullable, OnRefusal onRefusal) {
        return new RowBlock(List.of(new BlockColumn("c", codec, nullable, onRefusal)));
    }

    private static String values(RowBlock block, String... fields) throws IOException {
        for (String field : fields) {
            byte[] row = Values.bytes("0001" + field);
            block.append(row, 0, row.length);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        block.flush(out);
        return HexFormat.of().formatHex(out.toByteArray());
    }

    @Test
    void makesRefusedValuesNull() throws IOException {
        RowBlock block = oneColumn(DATE, true, OnRefusal.NULL);
        String written = values(block, "00000004 7fffffff", "00000004 00000000", "ffffffff");
        assertTrue(written.endsWith(Values.plain("01 00 01" + "00000000 cd2a0000 00000000")), written);
        assertEquals(1, block.replaced());
    }

    @Test
    void keepsTheTextOfRefusedValues() throws IOException {
        RowBlock block = oneColumn(new ShownCodec(DATE), true, OnRefusal.TEXT);
        String written = values(block, "00000004 7fffffff", "00000004 00000000", "ffffffff");
        assertTrue(
                written.endsWith(Values.plain("00 00 01" + "08 696e66696e697479" + "0a 323030302d30312d3031" + "00")),
                written);
        assertEquals(1, block.replaced());
    }

    @Test
    void makesArraysEmptyThatAreNull() throws IOException {
        RowBlock block = oneColumn(new ArrayCodec(IntegerCodec.INT32, 1, false), false, OnRefusal.EMPTY);
        String written = values(block, "ffffffff", "ffffffff");
        assertTrue(written.endsWith(Values.plain("0000000000000000 0000000000000000")), written);
        assertEquals(2, block.replaced());
    }

    @Test
    void countsOverAllBlocks() throws IOException {
        RowBlock block = oneColumn(DATE, true, OnRefusal.NULL);
        values(block, "00000004 7fffffff");
        values(block, "00000004 80000000");
        assertEquals(2, block.replaced());
    }

    @Test
    void showsAnyValueOfARow() {
        assertEquals("258", block.text(ROW, 0, 0));
        assertEquals("a", block.text(ROW, 0, 1));
        assertEquals("NULL", block.text(ROW_WITH_NULL, 0, 1));
    }

    @Test
    void refusesRowsOfAnotherShape() {
        assertThrows(IllegalStateException.class, () -> append(Values.bytes("0001 00000002 0102")));
        assertThrows(IllegalStateException.class, () -> append(Values.bytes("0002 00000002 0102 00000001 61 00")));
    }

    private void append(byte[] row) {
        block.append(row, 0, row.length);
    }

    private String flushed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        block.flush(out);
        return HexFormat.of().formatHex(out.toByteArray());
    }
}
