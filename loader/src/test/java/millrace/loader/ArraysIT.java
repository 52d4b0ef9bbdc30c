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
        POSTGRES.run("CREATE SCHEMA arrays", "CREATE DOMAIN arrays.ids AS int[]");
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
