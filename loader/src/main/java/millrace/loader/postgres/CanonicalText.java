package millrace.loader.postgres;

import java.util.Arrays;
import millrace.loader.codec.Canonical;
import millrace.loader.codec.Codec;
import millrace.loader.verify.Frames;
import millrace.loader.verify.RowHash;

/**
 * Brings the text of values, as Postgres shows them, into the form in which they are compared. Used again and again; not safe
 * for use by several threads.
 */
final class CanonicalText {
    private static final int DIGITS_OF_A_SECOND = 6;

    private final Codec codec;
    private final Frames elements = new Frames();
    private byte[] scratch = new byte[64];

    CanonicalText(Codec codec) {
        this.codec = codec;
    }

    /** @param text a range of these bytes, in UTF-8 */
    void add(byte[] text, int offset, int length, RowHash row) {
        if (codec.canonical() == Canonical.ARRAY) {
            array(text, offset, offset + length);
            row.add(elements.bytes(), 0, elements.size());
            return;
        }
        switch (codec.canonical()) {
            case DECIMAL, MONEY -> row.add(text, offset, withoutZeros(text, offset, length));
            case TIMESTAMP, SECONDS -> {
                int size = moment(text, offset, length);
                row.add(scratch, 0, size);
            }
            default -> row.add(text, offset, length);
        }
    }

    /** The length of a number without the zeros at the end of its fraction. */
    private static int withoutZeros(byte[] text, int offset, int length) {
        int end = offset + length;
        int point = offset;
        while (point < end && text[point] != '.') {
            point++;
        }
        if (point == end) {
            return length;
        }
        while (text[end - 1] == '0') {
            end--;
        }
        return (text[end - 1] == '.' ? end - 1 : end) - offset;
    }

    /** Puts a moment of UTC with all digits of its second into the scratch bytes; infinite ones and years BC stay as they are. */
    private int moment(byte[] text, int offset, int length) {
        int size = length > 3 && text[offset + length - 3] == '+' ? length - 3 : length;
        reserve(size + DIGITS_OF_A_SECOND + 1);
        System.arraycopy(text, offset, scratch, 0, size);
        if (size == 0 || !isDigit(scratch[size - 1])) {
            return size;
        }
        int point = size - 1;
        while (point >= 0 && isDigit(scratch[point])) {
            point--;
        }
        if (point < 0 || scratch[point] != '.') {
            point = size;
            scratch[size++] = '.';
        }
        while (size - point <= DIGITS_OF_A_SECOND) {
            scratch[size++] = '0';
        }
        return size;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private void reserve(int length) {
        if (scratch.length < length) {
            scratch = Arrays.copyOf(scratch, 2 * length);
        }
    }

    /** Dimensions, an equals sign and the array, whose elements are written as frames; the braces within say nothing new. */
    private void array(byte[] text, int start, int end) {
        elements.clear();
        int position = start;
        while (text[position] != '=') {
            position++;
        }
        elements.append(text, start, ++position - start);
        // An array whose elements are not counted from 1 has its dimensions before it once more.
        while (text[position] != '{') {
            position++;
        }
        while (position < end) {
            byte character = text[position];
            if (character == '{' || character == '}' || character == ',') {
                position++;
            } else if (character == '"') {
                position = quoted(text, position + 1);
            } else {
                position = bare(text, position);
            }
        }
    }

    private int bare(byte[] text, int start) {
        int end = start;
        while (text[end] != ',' && text[end] != '}') {
            end++;
        }
        if (end - start == 4 && text[start] == 'N' && text[start + 1] == 'U' && text[start + 2] == 'L') {
            elements.addNull();
        } else {
            element(text, start, end - start);
        }
        return end;
    }

    /** Returns the position after the closing quotation mark. */
    private int quoted(byte[] text, int start) {
        byte[] plain = new byte[64];
        int size = 0;
        int position = start;
        while (text[position] != '"') {
            if (text[position] == '\\') {
                position++;
            }
            if (size == plain.length) {
                plain = Arrays.copyOf(plain, 2 * size);
            }
            plain[size++] = text[position++];
        }
        element(plain, 0, size);
        return position + 1;
    }

    private void element(byte[] text, int offset, int length) {
        switch (codec.element().canonical()) {
            case DECIMAL, MONEY -> elements.add(text, offset, withoutZeros(text, offset, length));
            case TIMESTAMP, SECONDS -> {
                int size = moment(text, offset, length);
                elements.add(scratch, 0, size);
            }
            default -> elements.add(text, offset, length);
        }
    }
}
