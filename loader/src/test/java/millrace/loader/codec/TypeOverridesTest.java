package millrace.loader.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeOverridesTest {
    private static final TypeOverrides OVERRIDES = overrides(true);

    private static TypeOverrides overrides(boolean utc) {
        return new TypeOverrides(
                new TypeMappings(TimeLimits.ofDays(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31), utc), 2));
    }

    private static PostgresType type(String name) {
        return name.startsWith("_")
                ? new PostgresType(name, true, 'b', -1, Optional.of(type(name.substring(1))), 1)
                : PostgresType.builtIn(name, -1);
    }

    private static Optional<String> target(TypeOverrides overrides, String source, String wanted) {
        return overrides.of(type(source), wanted).map(mapping -> mapping.codec().clickhouseType());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int8        | UInt16                         | UInt16",
                "int8        | Int64                          | Int64",
                "int4        | Decimal( 9,3 )                 | Decimal(9, 3)",
                "int4        | Decimal(9)                     | Decimal(9, 0)",
                "numeric     | Decimal(76, 76)                | Decimal(76, 76)",
                "numeric     | UInt256                        | UInt256",
                "timestamptz | DateTime64(3,'Europe/Berlin')  | DateTime64(3, 'Europe/Berlin')",
                "timestamptz | DateTime64(3)                  | DateTime64(3, 'UTC')",
                "timestamptz | DateTime                       | DateTime('UTC')",
                "timestamp   | DateTime64(0)                  | DateTime64(0)",
                "timestamp   | DateTime64(0, 'UTC')           | DateTime64(0, 'UTC')",
                "timestamptz | DateTime64(6,'UTC')            | DateTime64(6, 'UTC')",
                "interval    | String                         | String",
                "bytea       | FixedString(16)                | FixedString(16)",
                "_int4       | Array(Int8)                    | Array(Int8)",
                "_int4       | Array(Nullable(Int8))          | Array(Nullable(Int8))",
                "_numeric    | Array(Nullable(Decimal(9, 2))) | Array(Nullable(Decimal(9, 2)))",
            })
    void makesWhatIsAskedFor(String source, String wanted, String made) {
        assertEquals(Optional.of(made), target(OVERRIDES, source, wanted));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int8        | Int128",
                "int4        | Float64",
                "int4        | Nullable(Int8)",
                "int4        | Decimal(77, 0)",
                "int4        | Decimal(0, 0)",
                "int4        | Decimal(5, 6)",
                "numeric     | Float64",
                "float8      | Float32",
                "float8      | Decimal(9, 2)",
                "timestamp   | DateTime64(7)",
                "timestamp   | DateTime64(3, 'Europe/Berlin')",
                "timestamptz | DateTime64(3, 'Mars/Olympus')",
                "timestamptz | DateTime('Mars/Olympus')",
                "timestamptz | Date",
                "date        | DateTime",
                "text        | FixedString(0)",
                "text        | Int32",
                "jsonb       | JSON",
                "uuid        | UInt128",
                "bool        | Int8",
                "_int4       | Array(Array(Array(Array(Array(Array(Array(Int8)))))))",
                "int4        | Array(Int8)",
                "_int4       | Array(LowCardinality(String))",
                "_int4       | Array(Text)",
                "interval    | Array(String)",
                "int4        | Int8)",
                "int4        | ",
            })
    void refusesTheRest(String source, String wanted) {
        assertEquals(Optional.empty(), target(OVERRIDES, source, wanted == null ? "" : wanted));
    }

    @Test
    void namesTheZoneWhereTheServerHasAnother() {
        assertEquals(Optional.of("DateTime64(3, 'UTC')"), target(overrides(false), "timestamp", "DateTime64(3)"));
    }

    @Test
    void keepsStringsInADictionary() {
        Mapping name = OVERRIDES.of(type("text"), "LowCardinality(String)").orElseThrow();
        assertTrue(name.dictionary() && !name.asText());
        Mapping span = OVERRIDES.of(type("interval"), "LowCardinality(String)").orElseThrow();
        assertTrue(span.dictionary() && span.asText());
    }

    @Test
    void namesWhatIsPossible() {
        assertEquals(List.of("Bool", "UInt8", "String", "LowCardinality(String)"), OVERRIDES.possible(type("bool")));
        assertEquals(
                List.of(
                        "Array(Nullable(Bool))",
                        "String",
                        "LowCardinality(String)",
                        "Array(T)",
                        "Array(Nullable(T))",
                        "Array(Array(T))"),
                OVERRIDES.possible(type("_bool")));
        assertEquals(List.of("String", "LowCardinality(String)"), OVERRIDES.possible(type("_interval")));
    }
}
