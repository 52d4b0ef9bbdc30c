package millrace.loader.postgres;

import java.util.List;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.TableSpec;
import millrace.loader.verify.RowHash;

/**
 * Reads rows of a COPY in text format (PostgreSQL documentation, "COPY", file formats) and hashes them. Not safe for use by
 * several threads.
 */
final class TextRows {
    private final List<CanonicalText> columns;
    private final RowHash row;

    TextRows(TableSpec table) {
        columns = table.columns().stream()
                .map(ColumnSpec::mapping)
                .map(mapping -> new CanonicalText(mapping.codec()))
                .toList();
        row = new RowHash(columns.size(), table.keyPositions());
    }

    /** @param line one row, in UTF-8, with its line feed; it is unescaped in place */
    RowHash read(byte[] line) {
        row.begin();
        int position = 0;
        for (CanonicalText column : columns) {
            position = field(line, position, column) + 1;
        }
        row.end();
        return row;
    }

    /** Returns where the field ends. */
    private int field(byte[] line, int start, CanonicalText column) {
        int read = start;
        int written = start;
        while (line[read] != '\t' && line[read] != '\n') {
            if (line[read] == '\\') {
                if (line[read + 1] == 'N') {
                    row.addNull();
                    return read + 2;
                }
                line[written++] = unescaped(line[read + 1]);
                read += 2;
            } else if (read == written) {
                read++;
                written++;
            } else {
                line[written++] = line[read++];
            }
        }
        column.add(line, start, written - start, row);
        return read;
    }

    private static byte unescaped(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            default -> letter;
        };
    }
}
