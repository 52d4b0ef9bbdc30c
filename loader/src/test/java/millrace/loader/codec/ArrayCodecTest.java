package millrace.loader.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ArrayCodecTest {
    private static final String OID = "00000017";
    private static final ArrayCodec LIST = new ArrayCodec(IntegerCodec.INT32, 1, true);
    private static final ArrayCodec TABLE = new ArrayCodec(IntegerCodec.INT16, 2, true);
    /** {7, NULL} */
    private static final String SEVEN_AND_NULL =
            "00000001 00000001" + OID + "00000002 00000001" + "00000004 00000007" + "ffffffff";

    @Test
    void writesOffsetsThenNullsThenElements() {
        assertEquals(
                Values.plain("0200000000000000" + "00 01" + "07000000 00000000"), Values.encoded(LIST, SEVEN_AND_NULL));
        assertEquals("{7,NULL}", Values.text(LIST, SEVEN_AND_NULL));
    }

    @Test
    void countsOffsetsOnFromArrayToArray() {
        byte[] value = Values.bytes(SEVEN_AND_NULL);
        byte[] empty = Values.bytes("00000000 00000000" + OID);
        ColumnBuffer out = LIST.newBuffer(false);
        LIST.append(value, 0, value.length, out);
        LIST.append(empty, 0, empty.length, out);
        LIST.append(value, 0, value.length, out);
        String offsets = "0200000000000000" + "0200000000000000" + "0400000000000000";
        assertEquals(offsets, Values.hex(out).substring(0, offsets.length()));
        out.clear();
        LIST.append(value, 0, value.length, out);
        assertEquals(offsets.substring(0, 16), Values.hex(out).substring(0, 16));
    }

    @Test
    void nestsTheOffsetsOfEveryDimension() {
        String oneByThree = "00000002 00000000 00000015" + "00000001 00000001" + "00000003 00000001" + "00000002 0001"
                + "00000002 0002" + "00000002 0003";
        assertEquals(
                Values.plain("0100000000000000" + "0300000000000000" + "000000" + "0100 0200 0300"),
                Values.encoded(TABLE, oneByThree));
    }

    @Test
    void refusesAnotherShape() {
        assertThrows(RefusedValue.class, () -> Values.encoded(TABLE, SEVEN_AND_NULL));
        String fromZero = SEVEN_AND_NULL.replace("00000002 00000001", "00000002 00000000");
        assertThrows(RefusedValue.class, () -> Values.encoded(LIST, fromZero));
    }

    @Test
    void namesItsType() {
        assertEquals("Array(Array(Nullable(Int16)))", TABLE.clickhouseType());
    }
}
