package millrace.loader.codec;

/** An array in Postgres' binary form, shown for people as Postgres writes it: nested, with bounds where they are not usual. */
final class ArrayText {
    private static final int HEADER = 12;
    private static final int DIMENSION = 8;

    private final Codec element;
    private final byte[] bytes;
    private final int offset;
    private final int dimensions;
    private int position;

    ArrayText(Codec element, byte[] bytes, int offset) {
        this.element = element;
        this.bytes = bytes;
        this.offset = offset;
        this.dimensions = BigEndian.int32(bytes, offset);
        this.position = offset + HEADER + DIMENSION * dimensions;
    }

    String shown() {
        StringBuilder out = new StringBuilder(bounds());
        if (dimensions == 0) {
            return out.append("{}").toString();
        }
        append(0, out);
        return out.toString();
    }

    private String bounds() {
        StringBuilder bounds = new StringBuilder();
        boolean usual = true;
        for (int level = 0; level < dimensions; level++) {
            int first = BigEndian.int32(bytes, offset + HEADER + DIMENSION * level + Integer.BYTES);
            usual &= first == 1;
            bounds.append('[')
                    .append(first)
                    .append(':')
                    .append(first + size(level) - 1)
                    .append(']');
        }
        return usual ? "" : bounds.append('=').toString();
    }

    private int size(int level) {
        return BigEndian.int32(bytes, offset + HEADER + DIMENSION * level);
    }

    private void append(int level, StringBuilder out) {
        out.append('{');
        for (int i = 0; i < size(level); i++) {
            out.append(i == 0 ? "" : ",");
            if (level + 1 < dimensions) {
                append(level + 1, out);
            } else {
                appendElement(out);
            }
        }
        out.append('}');
    }

    private void appendElement(StringBuilder out) {
        int length = BigEndian.int32(bytes, position);
        position += Integer.BYTES;
        if (length < 0) {
            out.append("NULL");
            return;
        }
        String text = element.text(bytes, position, length);
        position += length;
        boolean plain = !text.isEmpty()
                && !text.equalsIgnoreCase("NULL")
                && text.chars().noneMatch(c -> c <= ' ' || "{},\"\\".indexOf(c) >= 0);
        out.append(plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }
}
