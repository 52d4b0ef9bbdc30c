package millrace.loader.clickhouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DefinitionTest {
    @Test
    void takesApartWhatIsInTheBracketsAndBehindThem() {
        Definition definition = Definition.of(
                "CREATE TABLE raw.`a (b` (`id` Int32, `x, \\`y` Nullable(String) COMMENT 'it''s (1, 2)',"
                        + " INDEX i `id` TYPE set(0) GRANULARITY 1, PROJECTION p (SELECT `id`, count() GROUP BY `id`))"
                        + " ENGINE = MergeTree ORDER BY (`id`) TTL d + toIntervalDay(1) SETTINGS a = 1 COMMENT 'INDEX ('");
        List<String> begin = definition.elements().stream()
                .map(element -> element.get(0).text())
                .toList();
        assertEquals(List.of("`id`", "`x, \\`y`", "INDEX", "PROJECTION"), begin);
        String clauses = definition.clauses().stream()
                .filter(word -> word.depth() == 0)
                .map(Definition.Word::text)
                .collect(Collectors.joining(" "));
        assertTrue(clauses.contains("ENGINE = MergeTree ORDER BY"), clauses);
        assertTrue(clauses.endsWith("COMMENT 'INDEX ('"), clauses);
    }

    @Test
    void makesNothingOfNothing() {
        assertEquals(List.of(), Definition.of("").elements());
        assertEquals(List.of(), Definition.of("CREATE TABLE raw.t").elements());
    }
}
