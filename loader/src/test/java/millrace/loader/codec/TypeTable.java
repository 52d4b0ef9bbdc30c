package millrace.loader.codec;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The type mapping as a table for people, made by asking the mapping itself. */
final class TypeTable {
    private static final TypeMappings MAPPINGS =
            new TypeMappings(TimeLimits.ofDays(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31), true), 2);

    private TypeTable() {}

    static String markdown() {
        String rows = types().entrySet().stream()
                .map(entry -> "| " + entry.getKey() + " | " + target(entry.getValue()) + " |\n")
                .collect(Collectors.joining());
        return "| PostgreSQL | ClickHouse |\n| --- | --- |\n" + rows;
    }

    /** What a pipeline file may make of columns; strings, which every column may become, are left out. */
    static String overrides() {
        TypeOverrides overrides = new TypeOverrides(MAPPINGS);
        String rows = overridable().entrySet().stream()
                .map(entry -> "| " + entry.getKey() + " | "
                        + overrides.chosen(entry.getValue()).stream()
                                .filter(label -> !label.equals("String") && !label.equals("LowCardinality(String)"))
                                .map(label -> "`" + label + "`")
                                .collect(Collectors.joining(", "))
                        + " |\n")
                .collect(Collectors.joining());
        return "| PostgreSQL | may become |\n| --- | --- |\n" + rows;
    }

    private static Map<String, PostgresType> overridable() {
        Map<String, PostgresType> types = new LinkedHashMap<>();
        types.put("smallint, integer, bigint, oid, xid, cid", builtIn("int8"));
        types.put("numeric, of any precision or none", builtIn("numeric"));
        types.put("boolean", builtIn("bool"));
        types.put("real", builtIn("float4"));
        types.put("text, varchar, char(n), name, citext, enums, json, bytea", builtIn("text"));
        types.put("date", builtIn("date"));
        types.put("timestamp", builtIn("timestamp"));
        types.put("timestamptz", builtIn("timestamptz"));
        types.put("arrays, T being what their elements may become", array(builtIn("int4"), 1));
        return types;
    }

    private static String target(PostgresType type) {
        Mapping mapping = MAPPINGS.of(type);
        return "`" + mapping.codec().clickhouseType() + "`" + (mapping.asText() ? ", its text" : "");
    }

    private static Map<String, PostgresType> types() {
        Map<String, PostgresType> types = new LinkedHashMap<>();
        types.put("smallint", builtIn("int2"));
        types.put("integer", builtIn("int4"));
        types.put("bigint", builtIn("int8"));
        types.put("oid, xid, cid", builtIn("oid"));
        types.put("real", builtIn("float4"));
        types.put("double precision", builtIn("float8"));
        types.put("numeric(10,2), likewise up to 76 digits", numeric(10, 2));
        types.put("numeric, or with more than 76 digits", builtIn("numeric"));
        types.put("money", builtIn("money"));
        types.put("boolean", builtIn("bool"));
        types.put("text, varchar, char(n) with its padding, name, citext", builtIn("text"));
        types.put("enums", new PostgresType("mood", false, 'e', -1, Optional.empty(), 0));
        types.put("json, jsonb", builtIn("jsonb"));
        types.put("bytea, byte by byte", builtIn("bytea"));
        types.put("uuid", builtIn("uuid"));
        types.put("date", builtIn("date"));
        types.put("timestamp", builtIn("timestamp"));
        types.put("timestamptz", builtIn("timestamptz"));
        types.put("time", builtIn("time"));
        types.put("integer[], likewise of all types above that are not sent as text", array(builtIn("int4"), 1));
        types.put("integer[][], as declared", array(builtIn("int4"), 2));
        types.put(
                "every other type: timetz, interval, xml, ranges, inet, geometry, hstore, composites …",
                builtIn("inet"));
        return types;
    }

    private static PostgresType builtIn(String name) {
        return PostgresType.builtIn(name, -1);
    }

    private static PostgresType numeric(int precision, int scale) {
        return PostgresType.builtIn("numeric", (precision << 16 | scale) + 4);
    }

    private static PostgresType array(PostgresType element, int dimensions) {
        return new PostgresType("_" + element.name(), true, 'b', -1, Optional.of(element), dimensions);
    }
}
