package millrace.loader.clickhouse;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.TableSpec;

/**
 * Arrays with a dot in their names, which ClickHouse takes for parts of one Nested column when what stands before the dot is
 * the same: they had to be of one length in every row, and no other column might have that name.
 */
final class Nesting {
    /** Lets a dot be a character like any other; where the server knows it. */
    static final String SETTING = "share_nested_offsets";

    /** Whether the server knows it: 1 or 0. */
    static final String KNOWN = "SELECT count() FROM system.merge_tree_settings WHERE name = '" + SETTING + "'";

    private Nesting() {}

    static boolean isSeenIn(TableSpec table) {
        return !parts(table).isEmpty();
    }

    static String sentence(TableSpec table) {
        return "This ClickHouse takes the columns " + String.join(", ", parts(table)) + " of " + table.source()
                + " for parts of one Nested column, as their names begin alike before a dot: give them \"type: String\"."
                + " Newer servers have a setting against it, " + SETTING + ".";
    }

    /** Those arrays that share what stands before the dot, with each other or with a whole column. */
    private static List<String> parts(TableSpec table) {
        List<String> dotted = table.columns().stream()
                .filter(column -> column.clickhouseType().startsWith("Array("))
                .map(ColumnSpec::name)
                .filter(name -> !beginning(name).isEmpty())
                .toList();
        if (dotted.isEmpty()) {
            return dotted;
        }
        Set<String> once = new HashSet<>();
        Set<String> twice = new HashSet<>();
        table.columns().forEach(column -> once.add(column.name()));
        dotted.forEach(name -> {
            if (!once.add(beginning(name))) {
                twice.add(beginning(name));
            }
        });
        return dotted.stream().filter(name -> twice.contains(beginning(name))).collect(Collectors.toList());
    }

    /** What stands before the first dot, unless that is the name's first or last character. */
    private static String beginning(String name) {
        int dot = name.indexOf('.');
        return dot <= 0 || dot == name.length() - 1 ? "" : name.substring(0, dot);
    }
}
