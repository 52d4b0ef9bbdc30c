package millrace.webhook.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import millrace.webhook.warehouse.Load;
import org.junit.jupiter.api.Test;

class HtmlTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void whatIsPutInIsTextUnlessItIsAPiece() {
        Html row = Html.of("<td title=\"{}\">{}</td>", "\"><script>'", "a < b & {}");
        assertEquals("<td title=\"&quot;&gt;&lt;script&gt;&apos;\">a &lt; b &amp; {}</td>", row.text());
        assertEquals(
                "<p><i>1</i>2</p>",
                Html.of("<p>{}</p>", List.of(Html.of("<i>1</i>"), 2)).text());
    }

    @Test
    void aTemplateAndItsValuesMustFit() {
        assertThrows(IllegalArgumentException.class, () -> Html.of("<p>{}{}</p>", 1));
        assertThrows(IndexOutOfBoundsException.class, () -> Html.of("<p>{}</p>", 1, 2));
    }

    @Test
    void numbersAndTimesAreAsPeopleReadThem() {
        assertEquals("1,234,567", Words.count(1_234_567));
        assertEquals("1.2 M", Words.shortCount(1_234_567));
        assertEquals("3.4 MB", Words.bytes(3_400_000));
        assertEquals("999 B", Words.bytes(999));
        assertEquals("0.53 s", Words.seconds(0.53));
        assertEquals("2 min 3 s", Words.seconds(123));
        assertEquals("2 h 0 min", Words.seconds(7200));
        assertEquals("just now", Words.age(NOW.plusSeconds(9), NOW));
        assertEquals("59 min ago", Words.age(NOW.minusSeconds(3599), NOW));
        assertEquals("3 days ago", Words.age(NOW.minusSeconds(3 * 86400), NOW));
    }

    @Test
    void addressesOfThisMachineFollowTheNameThatAPageIsOpenedBy() {
        Links links = new Links(
                Optional.of(URI.create("http://127.0.0.1:8080")),
                Optional.of(URI.create("https://bi.example.com/x/")),
                Optional.empty());
        assertEquals(
                "http://etl.example.com:8080",
                links.asSeenFrom("etl.example.com").airflow().get().toString());
        assertEquals(
                "https://bi.example.com/x/",
                links.asSeenFrom("etl").superset().get().toString());
        assertEquals(
                "https://bi.example.com/x/sqllab/", Links.at(links.superset().get(), "/sqllab/"));
    }

    @Test
    void changesOfShapeAreTakenFromWhatALoadSays() {
        assertEquals(
                List.of("Column a added, Nullable(String)", "Column b dropped"),
                TablePage.changes(
                                load(
                                        "Loaded 2 rows of public.t; column a added, Nullable(String); column b dropped; a note."))
                        .toList());
        assertEquals(
                List.of(),
                TablePage.changes(load("Loaded 2 rows of public.column x.")).toList());
    }

    private static Load load(String sentence) {
        return new Load("r", "p", "public.t", "full", NOW, 1, 2, 2, 9, 0, true, sentence);
    }
}
