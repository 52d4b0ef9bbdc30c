package millrace.contract.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablePatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "shop.*             | shop    | orders       | true",
                "shop.*             | shop    | a.b          | true",
                "shop.*             | shop_2  | orders       | false",
                "*                  | public  | orders       | true",
                "*                  | shop    | orders       | false",
                "*.*                | shop    | orders       | true",
                "s*.order?          | shop    | orders       | true",
                "s*.order?          | shop    | order        | false",
                "orders             | public  | orders       | true",
                "order_?            | public  | order_1      | true",
                "order_?            | public  | ordersX1     | false",
                "a[bc]*             | public  | a[bc]d       | true",
                "a[bc]*             | public  | ab           | false",
                "a+(b)*             | public  | a+(b)        | true",
                "\"odd Schema\".*   | odd Schema | orders    | true",
                "\"a.b\"            | public  | a.b          | true",
                "\"a*\"             | public  | a*           | true",
                "\"a*\"             | public  | ab           | false",
                "\"a\"\"b\"         | public  | a\"b         | true",
                "\"a*               | public  | \"abc        | true",
                "größe*             | public  | größe der 中 | true",
            })
    void matchesSchemaAndTable(String pattern, String schema, String table, boolean expected) {
        TablePattern parsed = TablePattern.parse(pattern.replace("\\", ""), "public");
        assertEquals(expected, parsed.matches(new TableName(schema, table.replace("\\", ""))), parsed.toString());
    }

    @Test
    void aStarMatchesLineFeedsToo() {
        assertEquals(true, TablePattern.parse("a*", "public").matches(new TableName("public", "a\nb")));
    }
}
