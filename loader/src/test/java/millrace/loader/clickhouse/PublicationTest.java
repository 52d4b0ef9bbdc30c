package millrace.loader.clickhouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.contract.pipeline.LoadMode;
import millrace.contract.pipeline.TableName;
import millrace.contract.pipeline.TableOptions;
import millrace.loader.codec.PostgresType;
import millrace.loader.codec.TimeLimits;
import millrace.loader.codec.TypeMappings;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.Extent;
import millrace.loader.plan.Slice;
import millrace.loader.plan.SourceMoment;
import millrace.loader.plan.SyncState;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;
import millrace.loader.plan.TargetMark;
import millrace.loader.plan.TargetTable;
import org.junit.jupiter.api.Test;

/** What a cluster would be told; the tests' own server has none. */
class PublicationTest {
    private static final SyncState STATE = new SyncState(new SourceMoment("7:9:8", "42"), 16385);
    private static final TargetMark MARK = new TargetMark(
            "shop", "\"public\".\"t\"", "\"raw\".\"t\"", List.of(), Optional.of(STATE), Optional.empty());
    private static final TypeMappings MAPPINGS =
            new TypeMappings(TimeLimits.ofDays(LocalDate.of(1900, 1, 1), LocalDate.of(2299, 12, 31), true), 2);

    private final ColumnSpec id = new ColumnSpec("id", "bigint", MAPPINGS.of(PostgresType.builtIn("int8", -1)), false);

    @Test
    void aPlainTableBecomesTheTargetAsItIs() {
        Publication publication = publication("", whole(options("", "")));
        assertTrue(publication.isDirect());
        assertEquals(List.of("RENAME TABLE `millrace`.`s` TO `raw`.`t`"), publication.statements());
    }

    @Test
    void aLargePlainTableIsMergedOnceItIsComplete() {
        TablePlan plan = TablePlan.whole(spec(TableOptions.NONE), List.of(Slice.WHOLE), 3_000_000);
        assertTrue(LateMerges.isLarge(plan));
        Publication publication = publication("", plan, true);
        assertTrue(publication.stage().get(0).contains(" SETTINGS min_parts_to_merge_at_once = 99 "));
        assertTrue(publication.insert().contains(", min_insert_block_size_rows = 131072 FORMAT Native"));
        assertEquals(
                List.of(
                        "ALTER TABLE `millrace`.`s` RESET SETTING min_parts_to_merge_at_once",
                        "RENAME TABLE `millrace`.`s` TO `raw`.`t`"),
                publication.statements());
    }

    @Test
    void othersAreMergedAllTheTime() {
        assertFalse(LateMerges.isLarge(TablePlan.whole(spec(TableOptions.NONE), List.of(Slice.WHOLE), 2_999_999)));
        TableOptions partitioned = options("MergeTree", "");
        assertFalse(LateMerges.isLarge(TablePlan.whole(spec(partitioned), List.of(Slice.WHOLE), 3_000_000)));
    }

    @Test
    void onAClusterEveryReplicaHasTheRowsBeforeOneShowsThem() {
        Publication publication = publication("main", whole(options("ReplacingMergeTree(id)", "id + 1")));
        assertFalse(publication.isDirect());
        assertEquals(
                List.of(
                        """
                        CREATE TABLE `millrace`.`n` ON CLUSTER `main` (
                          `id` Int64
                        ) ENGINE = ReplicatedReplacingMergeTree(id) PARTITION BY id % 10 ORDER BY (`id`) TTL id + 1\
                         SETTINGS index_granularity = 1024 COMMENT 'Loaded by Millrace from public.t'""",
                        "ALTER TABLE `millrace`.`n` ATTACH PARTITION ALL FROM `millrace`.`s`",
                        "SYSTEM SYNC REPLICA ON CLUSTER `main` `millrace`.`n`",
                        "RENAME TABLE `millrace`.`n` TO `raw`.`t` ON CLUSTER `main`"),
                publication.statements());
        assertTrue(publication.stage().get(0).contains(" ENGINE = MergeTree "));
    }

    @Test
    void rowsAreAddedToATableThatTakesTheTargetsPlace() {
        Publication publication = publication(
                "",
                new TablePlan(
                        spec(options("", "")),
                        List.of(Slice.WHOLE),
                        -1,
                        new Extent.SinceLast(STATE, Optional.empty()),
                        Optional.of(target()),
                        List.of(),
                        Optional.of(MARK)));
        assertEquals(
                List.of(
                        "CREATE TABLE `millrace`.`n` AS `raw`.`t` COMMENT 'Loaded by Millrace: pipeline \"shop\" copies"
                                + " \"public\".\"t\" to \"raw\".\"t\"; synced to snapshot 7:9:8 of Postgres 42, table 16385.'",
                        "ALTER TABLE `millrace`.`n` ATTACH PARTITION ALL FROM `raw`.`t`",
                        "ALTER TABLE `millrace`.`n` ATTACH PARTITION ALL FROM `millrace`.`s`",
                        "EXCHANGE TABLES `millrace`.`n` AND `raw`.`t`"),
                publication.statements());
    }

    private static TargetTable target() {
        return new TargetTable(
                "", "MergeTree", "", Optional.of(MARK), List.of(), "", "id", "id", "", "", Optional.empty(), List.of());
    }

    private static TableOptions options(String engine, String ttl) {
        boolean plain = engine.isEmpty();
        return new TableOptions(
                new LoadMode.Full(),
                List.of("id"),
                engine,
                "",
                plain ? "" : "id % 10",
                ttl,
                plain ? Map.of() : Map.of("index_granularity", "1024"),
                Map.of());
    }

    private TableSpec spec(TableOptions options) {
        return new TableSpec(
                new TableName("public", "t"), new TableName("raw", "t"), List.of(id), List.of("id"), options);
    }

    private TablePlan whole(TableOptions options) {
        return TablePlan.whole(spec(options), List.of(Slice.WHOLE), -1);
    }

    private static Publication publication(String cluster, TablePlan plan) {
        return publication(cluster, plan, false);
    }

    private static Publication publication(String cluster, TablePlan plan, boolean mergesLate) {
        return new Publication(
                new Ddl(cluster), plan, new TableName("millrace", "s"), new TableName("millrace", "n"), mergesLate);
    }
}
