package millrace.loader.random;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Names as people give them to tables and columns, and as nobody should. */
final class RandomNames {
    private static final int LONGEST = 63;

    private static final List<String> NAMES = List.of(
            "id",
            "select",
            "from",
            "order",
            "table",
            "null",
            "NULL",
            "user",
            "group",
            "count",
            "final",
            "tuple",
            "e",
            "n",
            "u",
            "v",
            "t",
            "frame0",
            "a1",
            "No",
            "yes",
            "2024",
            "1e5",
            "12:30",
            "~",
            "Größe",
            "ключ",
            "名前",
            "😀 emoji",
            "with space",
            " lead",
            "trail ",
            "q\"uote",
            "apo'strophe",
            "back\\slash",
            "back`tick",
            "a.b",
            "a.size0",
            "b.null",
            "x.y.z",
            "{{ jinja }}",
            "${HOME}",
            "%s",
            "%20",
            "#hash",
            "a,b",
            "(x)",
            "[0]",
            "-dash",
            "tab\there",
            "line\nfeed",
            "x.sh",
            "millrace row key",
            "__",
            "$1",
            ":p",
            "@v",
            "&",
            "ctid_",
            "oid",
            "index",
            "key",
            "type",
            "\u00e9\u0301",
            "\u200bzero");

    private RandomNames() {}

    static String name(Random random) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        return random.nextInt(12) == 0 ? fitting(name.repeat(1 + LONGEST / name.length())) : name;
    }

    /** The name with something at its end that makes it the only one of its kind. */
    static String unique(Random random, int number) {
        String end = "_" + number;
        String name = name(random);
        while ((name + end).getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
        }
        return name + end;
    }

    /** As much of it as Postgres takes. */
    private static String fitting(String name) {
        String fitting = name;
        while (fitting.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            fitting = fitting.substring(0, fitting.offsetByCodePoints(fitting.length(), -1));
        }
        return fitting;
    }
}
