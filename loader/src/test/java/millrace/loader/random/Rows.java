package millrace.loader.random;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import millrace.loader.random.RandomColumn.Form;

/** Reads what each server shows of a table into texts that are equal when the values are. */
final class Rows {
    private static final byte[] NULL = {'\\', 'N'};

    private Rows() {}

    /** The cells of a TabSeparated text, as Postgres' COPY and ClickHouse write it alike, still escaped; NULL as null. */
    static List<List<byte[]>> cells(byte[] text) {
        List<List<byte[]>> rows = new ArrayList<>();
        List<byte[]> row = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\t' || text[i] == '\n') {
                byte[] cell = Arrays.copyOfRange(text, start, i);
                row.add(Arrays.equals(cell, NULL) ? null : cell);
                start = i + 1;
            }
            if (text[i] == '\n') {
                rows.add(row);
                row = new ArrayList<>();
            }
        }
        return rows;
    }

    private static byte[] unescaped(byte[] cell) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (int i = 0; i < cell.length; i++) {
            plain.write(cell[i] == '\\' ? unescaped((char) cell[++i]) : cell[i]);
        }
        return plain.toByteArray();
    }

    private static int unescaped(char letter) {
        int known = "btnvfr".indexOf(letter);
        return known >= 0 ? "\b\t\n\u000b\f\r".charAt(known) : letter == '0' ? 0 : letter;
    }

    /** One cell of Postgres. */
    static String postgres(byte[] cell, RandomColumn column, String clickhouseType) {
        if (cell == null) {
            return "NULL";
        }
        String text = new String(unescaped(cell), StandardCharsets.UTF_8);
        if (clickhouseType.startsWith("Array(")) {
            return new Array(text, '{', '}', '"').read(element -> postgresValue(element, column.form()));
        }
        return column.asText()
                ? text
                : clickhouseType.equals("String") && column.form() != Form.BYTES
                        ? text
                        : postgresValue(text, column.form());
    }

    private static String postgresValue(String text, Form form) {
        return switch (form) {
            case TEXT -> text;
            case NUMBER -> plain(text);
            case MONEY -> plain(text.replace("$", "").replace(",", ""));
            case REAL -> Float.toString(Float.parseFloat(text));
            case DOUBLE -> Double.toString(Double.parseDouble(text));
            case BOOLEAN -> text.equals("t") ? "true" : "false";
            case BYTES -> text.substring(2);
            case MOMENT -> digits(text.replaceAll("\\+00$", ""));
        };
    }

    /** One cell of ClickHouse. */
    static String clickhouse(byte[] cell, RandomColumn column, String clickhouseType) {
        if (cell == null) {
            return "NULL";
        }
        if (clickhouseType.startsWith("Array(")) {
            String text = new String(cell, bytes(column) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
            return new Array(text, '[', ']', '\'').read(element -> clickhouseValue(element, column));
        }
        if (clickhouseType.equals("String")) {
            byte[] plain = unescaped(cell);
            return bytes(column) ? HexFormat.of().formatHex(plain) : new String(plain, StandardCharsets.UTF_8);
        }
        return clickhouseValue(new String(unescaped(cell), StandardCharsets.UTF_8), column);
    }

    private static boolean bytes(RandomColumn column) {
        return column.form() == Form.BYTES && !column.asText();
    }

    private static String clickhouseValue(String text, RandomColumn column) {
        return switch (column.form()) {
            case TEXT, BOOLEAN -> text;
            case NUMBER, MONEY -> plain(text);
            case REAL -> Float.toString(Float.parseFloat(javaFloat(text)));
            case DOUBLE -> Double.toString(Double.parseDouble(javaFloat(text)));
            case BYTES -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
            case MOMENT -> digits(text);
        };
    }

    private static String javaFloat(String text) {
        return text.replace("inf", "Infinity").replace("nan", "NaN");
    }

    private static String plain(String number) {
        BigDecimal value = new BigDecimal(number);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String digits(String moment) {
        return moment.contains(".") ? moment.replaceAll("\\.?0+$", "") : moment;
    }

    /** The text of an array, whose elements are bare or in quotation marks; nested ones are within the same brackets. */
    private static final class Array {
        private final String text;
        private final char open;
        private final char close;
        private final char mark;
        private int position;

        Array(String text, char open, char close, char mark) {
            this.text = text;
            this.open = open;
            this.close = close;
            this.mark = mark;
        }

        String read(java.util.function.UnaryOperator<String> value) {
            StringBuilder out = new StringBuilder();
            while (position < text.length()) {
                char c = text.charAt(position);
                if (c == open || c == close || c == ',') {
                    out.append(c == open ? '[' : c == close ? ']' : ',');
                    position++;
                } else if (c == mark) {
                    out.append('=').append(value.apply(quoted()));
                } else {
                    String bare = bare();
                    out.append(bare.equals("NULL") ? bare : "=" + value.apply(bare));
                }
            }
            return out.toString();
        }

        private String bare() {
            int start = position;
            while (text.charAt(position) != ',' && text.charAt(position) != close) {
                position++;
            }
            return text.substring(start, position);
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            for (position++; text.charAt(position) != mark; position++) {
                if (text.charAt(position) == '\\') {
                    position++;
                    value.append(mark == '\'' ? (char) unescaped(text.charAt(position)) : text.charAt(position));
                } else {
                    value.append(text.charAt(position));
                }
            }
            position++;
            return value.toString();
        }
    }
}
