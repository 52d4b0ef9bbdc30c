package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import millrace.loader.servers.Loader;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays, read back as ClickHouse writes them. */
@Tag("integration")
class ArraysIT {
    private static final TestPostgres POSTGRES = TestPostgres.server();
    private static final TestClickHouse CLICKHOUSE = TestClickHouse.server();

    @BeforeAll
    static void makeSchema() {
        POSTGRES.run(
                "CREATE SCHEMA arrays",
                "CREATE DOMAIN arrays.ids AS int[]",
                "CREATE DOMAIN arrays.percent AS numeric(5,2) CHECK (value <= 100)",
                "CREATE TYPE arrays.mood AS ENUM ('sad', 'glad')",
                "CREATE EXTENSION IF NOT EXISTS citext");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int[]            | {}                       | Array(Nullable(Int32))          | []",
                "int[]            | {1,NULL,-3}              | Array(Nullable(Int32))          | [1,NULL,-3]",
                "int[3]           | {1,2}                    | Array(Nullable(Int32))          | [1,2]",
                "arrays.ids       | {7}                      | Array(Nullable(Int32))          | [7]",
                "bigint[][]       | {{1,2},{NULL,4}}         | Array(Array(Nullable(Int64)))   | [[1,2],[NULL,4]]",
                "bigint[][]       | {}                       | Array(Array(Nullable(Int64)))   | []",
                "text[]           | {a,\"b c\",NULL,\"\"}    | Array(Nullable(String))         | ['a','b c',NULL,'']",
                "numeric(8,3)[]   | {1.5,NULL,-0.001}        | Array(Nullable(Decimal(8, 3)))  | [1.5,NULL,-0.001]",
                "date[]           | {1969-12-31,NULL}        | Array(Nullable(Date32))         | ['1969-12-31',NULL]",
                "boolean[]        | {t,f,NULL}               | Array(Nullable(Bool))           | [true,false,NULL]",
                "uuid[]           | {01234567-89ab-cdef-0123-456789abcdef} | Array(Nullable(UUID)) | ['01234567-89ab-cdef-0123-456789abcdef']",
                "smallint[]       | {-32768,NULL}            | Array(Nullable(Int16))          | [-32768,NULL]",
                "oid[]            | {4294967295}             | Array(Nullable(UInt32))         | [4294967295]",
                "real[]           | {NaN,-Infinity,NULL,-0}  | Array(Nullable(Float32))        | [nan,-inf,NULL,-0]",
                "float8[]         | {0.1,5e-324,NULL}        | Array(Nullable(Float64))        | [0.1,5e-324,NULL]",
                "money[]          | {-1.50,NULL}             | Array(Nullable(Decimal(19, 2))) | [-1.5,NULL]",
                "timestamp[]      | {1969-12-31 23:59:59.000001,NULL} | Array(Nullable(DateTime64(6))) | ['1969-12-31 23:59:59.000001',NULL]",
                "timestamptz[]    | {2024-02-29 12:00+02}    | Array(Nullable(DateTime64(6, 'UTC'))) | ['2024-02-29 10:00:00.000000']",
                "time[]           | {24:00,NULL}             | Array(Nullable(String))         | ['24:00:00',NULL]",
                "bytea[]          | {NULL,\"\\\\x4142\"}      | Array(Nullable(String))         | [NULL,'AB']",
                "json[]           | {\"[1, 2]\",NULL}        | Array(Nullable(String))         | ['[1, 2]',NULL]",
                "jsonb[]          | {\"[1,2]\",NULL}         | Array(Nullable(String))         | ['[1, 2]',NULL]",
                "citext[]         | {MiXed,NULL}             | Array(Nullable(String))         | ['MiXed',NULL]",
                "char(3)[]        | {a,NULL}                 | Array(Nullable(String))         | ['a  ',NULL]",
                "arrays.mood[]    | {sad,NULL}               | Array(Nullable(String))         | ['sad',NULL]",
                "arrays.percent[] | {100,NULL}               | Array(Nullable(Decimal(5, 2)))  | [100,NULL]",
                "int[][][]        | {{{1,NULL}},{{3,4}}}     | Array(Array(Array(Nullable(Int32)))) | [[[1,NULL]],[[3,4]]]",
                "int4range[]      | {\"[1,3)\",NULL}         | String                          | {\"[1,3)\",NULL}",
                "interval[]       | {1 day,NULL}             | String                          | {\"1 day\",NULL}",
                "numeric[]        | {1.50,NULL}              | String                          | {1.50,NULL}",
                "int2vector       | 1 2 3                    | String                          | 1 2 3",
            })
    void keepsElements(String type, String value, String target, String expected) {
        POSTGRES.run(
                "DROP TABLE IF EXISTS arrays.t",
                "CREATE TABLE arrays.t (id int PRIMARY KEY, v " + type + " NOT NULL)",
                "INSERT INTO arrays.t SELECT i, '" + value + "' FROM generate_series(1, 3) i");
        Loader loader = new Loader("arrays", "- name: t\n  target: arrays");
        loader.load();
        assertEquals(
                target,
                CLICKHOUSE.query(
                        "SELECT type FROM system.columns WHERE database = 'raw' AND table = 'arrays' AND name = 'v'"));
        assertEquals((expected + "\n").repeat(3).strip(), CLICKHOUSE.query("SELECT v FROM raw.arrays"));
        assertEquals(0, loader.run("verify").exitCode());
    }
}
