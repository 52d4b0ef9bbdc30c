package millrace.loader.clickhouse;

import java.util.ArrayList;
import java.util.List;

/** Reads results in ClickHouse's TabSeparated format, in which any text may be a field. */
final class TabSeparated {
    private TabSeparated() {}

    static List<List<String>> rows(String answer) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < answer.length(); i++) {
            char c = answer.charAt(i);
            switch (c) {
                case '\\' -> field.append(unescaped(answer.charAt(++i)));
                case '\t' -> end(field, row);
                case '\n' -> {
                    end(field, row);
                    rows.add(row);
                    row = new ArrayList<>();
                }
                default -> field.append(c);
            }
        }
        return rows;
    }

    private static void end(StringBuilder field, List<String> row) {
        row.add(field.toString());
        field.setLength(0);
    }

    private static char unescaped(char escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '0' -> '\0';
            default -> escape;
        };
    }
}
