package millrace.loader.clickhouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.contract.pipeline.ColumnOptions;
import millrace.contract.pipeline.LoadMode;
import millrace.contract.pipeline.OnRefusal;
import millrace.contract.pipeline.TableName;
import millrace.contract.pipeline.TableOptions;
import millrace.loader.codec.PostgresType;
import millrace.loader.codec.TimeLimits;
import millrace.loader.codec.TypeMappings;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.Contents;
import millrace.loader.plan.Extent;
import millrace.loader.plan.SourceMoment;
import millrace.loader.plan.SyncState;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;
import millrace.loader.plan.TargetMark;
import millrace.loader.plan.TargetTable;
import org.junit.jupiter.api.Test;

class TableCommentTest {
    private static final SyncState STATE = new SyncState(new SourceMoment("7:9:8", "42"), 16385);
    private static final Contents CONTENTS = new Contents("fc55ff95-4a9e-4588-9248-42a17280c6de", 101, 3, 4, 0);
    private static final String ODD = "a\"b\\c.d; synced\u001f\n`é客";

    private static TableSpec spec(String source, String target) {
        TypeMappings mappings =
                new TypeMappings(TimeLimits.ofDays(LocalDate.of(1900, 1, 1), LocalDate.of(2299, 12, 31), true), 2);
        ColumnSpec id = new ColumnSpec("id", "bigint", mappings.of(PostgresType.builtIn("int8", -1)), false);
        TableOptions options = new TableOptions(
                new LoadMode.Full(),
                List.of("id"),
                "",
                "",
                "",
                "id + 1",
                Map.of("merge_max_block_size", "7"),
                Map.of(ODD, new ColumnOptions("", OnRefusal.STOP, "ZSTD(3)", 0)));
        return new TableSpec(
                new TableName("public", source), new TableName("raw", target), List.of(id), List.of("id"), options);
    }

    private static String written(TableSpec spec, TargetMark mark, String before) {
        Optional<TargetTable> table = Optional.of(new TargetTable(
                "",
                "MergeTree",
                before,
                TableComment.read(before).mark(),
                List.of(),
                "",
                "",
                "",
                "",
                "",
                Optional.empty(),
                List.of()));
        return TableComment.of(
                new TablePlan(spec, List.of(), -1, new Extent.Everything(), table, List.of(), Optional.of(mark)));
    }

    @Test
    void whatIsWrittenIsReadAgainWhateverTheNames() {
        TableSpec spec = spec(ODD, "t'" + ODD);
        TargetMark mark =
                TargetMark.of("pipe \"" + ODD, spec, Optional.of(STATE)).with(CONTENTS);
        String comment = written(spec, mark, "");
        assertEquals(Optional.of(mark), TableComment.read(comment).mark());
        assertFalse(comment.contains("\u001f"));
        assertTrue(mark.isOf("pipe \"" + ODD, spec));
        assertFalse(mark.isOf("pipe \"" + ODD, spec(ODD, ODD)));
        assertFalse(mark.isOf("pipe", spec));
        assertEquals(3, mark.declared().size());
    }

    @Test
    void whatSomebodyWroteAroundItStays() {
        TableSpec spec = spec("t", "t");
        TargetMark mark = TargetMark.of("shop", spec, Optional.of(STATE)).with(CONTENTS);
        String own = written(spec, mark, "");
        String comment = "Ask Ann. " + own + " Bob knows, too; 7 rows.";
        assertEquals(comment, written(spec, mark, comment));
        assertEquals("Ask Ann.\n" + own, written(spec, mark, "Ask Ann."));
        assertEquals("Ask Ann.\n" + own, written(spec, mark, "Ask Ann.\n" + own));
    }

    @Test
    void commentsOfEarlierVersionsAreUnderstood() {
        TableSpec spec = spec("t", "t");
        TargetMark full =
                TableComment.read("Loaded by Millrace from public.t").mark().orElseThrow();
        assertTrue(full.isOf("any pipeline", spec));
        assertFalse(full.isOf("any pipeline", spec("other", "t")));
        TargetMark incremental = TableComment.read(
                        "Loaded by Millrace from public.t; synced to snapshot 7:9:8 of Postgres 42, table 16385")
                .mark()
                .orElseThrow();
        assertEquals(Optional.of(STATE), incremental.state());
        assertEquals(Optional.empty(), incremental.contents());
        assertTrue(incremental.isOf("any pipeline", spec));
    }

    @Test
    void anythingElseIsNoMark() {
        assertEquals(
                Optional.empty(),
                TableComment.read("Loaded by Millrace, said Bob").mark());
        assertEquals(Optional.empty(), TableComment.read("").mark());
    }
}
