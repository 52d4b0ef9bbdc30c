package millrace.loader.clickhouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.Contents;
import millrace.loader.plan.Extent;
import millrace.loader.plan.ShapeChange;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TargetMark;
import millrace.loader.plan.TargetTable;

/**
 * The statements that turn a complete staging table into the published one. Only the last of them is seen by readers, and it
 * is one step whatever the table's size and partitions: where the target keeps rows, its parts are linked into a new table
 * beside the new ones, which then takes the target's place.
 *
 * @param staging the rows that have travelled
 * @param assembled the name of the new table, where the staging table itself cannot become the target
 * @param mergesLate whether the staging table is merged only when it is complete
 */
record Publication(Ddl ddl, TablePlan plan, TableName staging, TableName assembled, boolean mergesLate) {
    static Publication of(Ddl ddl, TablePlan plan, String unique, boolean mergesLate) {
        TableName target = plan.spec().target();
        return new Publication(
                ddl, plan, OwnName.staging(target, unique), OwnName.assembled(target, unique), mergesLate);
    }

    /** The statements that make the staging table. */
    List<String> stage() {
        return ddl.stage(plan, staging, mergesLate ? LateMerges.tableSettings() : Map.of());
    }

    /** The statement that rows are streamed into. */
    String insert() {
        return Ddl.insert(plan.spec(), staging, mergesLate ? LateMerges.insertSettings() : "");
    }

    /** Whether the staging table becomes the target as it is. */
    boolean isDirect() {
        return !plan.extent().keepsRows() && !ddl.needsAssembly(plan.spec());
    }

    /** How many of the rows that travelled have keys that the target has already. */
    String countKnown() {
        return "SELECT count() FROM " + Ddl.quoted(staging) + known();
    }

    /** How many of those have other values than the target's rows, and the lowest key of them. */
    String countChanged() {
        String row = rowWithKey();
        return "SELECT count(), toString(min(" + keyTuple() + ")) FROM " + Ddl.quoted(staging) + known() + " AND " + row
                + " NOT IN " + rowsThatCameAgain(row) + " FORMAT TSVRaw";
    }

    /** The key beside a hash of all values that both tables have, NULL among them. */
    private String rowWithKey() {
        List<ColumnSpec> added = added(plan);
        String values = plan.spec().columns().stream()
                .filter(column -> !added.contains(column))
                .map(column -> Ddl.quoted(column.name()))
                .collect(Collectors.joining(", "));
        return "(" + key() + ", sipHash64(formatRow('RowBinary', " + values + ")))";
    }

    private String key() {
        return plan.spec().key().stream().map(Ddl::quoted).collect(Collectors.joining(", "));
    }

    private String keyTuple() {
        return "(" + key() + ")";
    }

    String removeKnown() {
        return "ALTER TABLE " + Ddl.quoted(staging) + " DELETE" + known() + " SETTINGS mutations_sync = 2";
    }

    private String known() {
        return " WHERE " + keyTuple() + " IN " + rowsThatCameAgain(keyTuple());
    }

    /** What a query selects of the target's rows whose keys travelled. */
    private String rowsThatCameAgain(String selected) {
        return "(SELECT " + selected + " FROM " + Ddl.quoted(plan.spec().target()) + " WHERE " + keyTuple()
                + " IN (SELECT " + keyTuple() + " FROM " + Ddl.quoted(staging) + "))";
    }

    String countPublished() {
        return "SELECT count() FROM " + Ddl.quoted(plan.spec().target());
    }

    /** Moves the state on when there are no rows to add. */
    String moveState() {
        TargetMark mark = plan.mark().orElseThrow();
        Optional<Contents> contents = plan.before().flatMap(TargetTable::contents);
        return "ALTER TABLE " + Ddl.quoted(plan.spec().target()) + ddl.onCluster() + " MODIFY COMMENT "
                + Ddl.literal(TableComment.of(plan, contents.map(mark::with).orElse(mark)));
    }

    /** All that publishes it, for people. */
    List<String> statements() {
        List<String> statements = new ArrayList<>(prepare());
        for (Additions.Addition addition : Additions.kept(plan)) {
            statements.add("ALTER TABLE " + Ddl.quoted(complete()) + ddl.onCluster() + " " + addition.clause());
        }
        if (!plan.spec().options().guard().asksNothing()) {
            statements.add(new GuardCheck(plan, complete()).query());
        }
        statements.addAll(Switch.statements(List.of(Switch.of(this)), ddl));
        return statements;
    }

    /** The statements that make the complete table. */
    List<String> prepare() {
        if (!isDirect()) {
            return assemble();
        }
        return mergesLate ? List.of("ALTER TABLE " + Ddl.quoted(staging) + " " + LateMerges.reset()) : List.of();
    }

    /** The table that takes the target's place; after an exchange the name is that of the former table. */
    TableName complete() {
        return isDirect() ? staging : assembled;
    }

    /** Has the complete table say what it holds. */
    String mark(Contents contents) {
        return "ALTER TABLE " + Ddl.quoted(complete()) + ddl.onCluster() + " MODIFY COMMENT "
                + Ddl.literal(TableComment.of(plan, plan.mark().orElseThrow().with(contents)));
    }

    private List<String> assemble() {
        List<String> statements = new ArrayList<>();
        if (!plan.extent().keepsRows()) {
            statements.add(ddl.create(plan, assembled));
        } else {
            statements.add("CREATE TABLE " + Ddl.quoted(assembled) + ddl.onCluster() + " AS "
                    + Ddl.quoted(plan.spec().target()) + " COMMENT " + Ddl.literal(TableComment.of(plan)));
            statements.add(attach(plan.spec().target()));
        }
        plan.extent().replaces().ifPresent(range -> statements.add(removeRange(range)));
        added(plan).forEach(column -> statements.add(Ddl.addColumn(assembled, column)));
        statements.add(attach(staging));
        ddl.awaitReplicas(assembled).ifPresent(statements::add);
        return statements;
    }

    /** The columns that the target lacks, where it is added to. */
    static List<ColumnSpec> added(TablePlan plan) {
        return !plan.extent().keepsRows()
                ? List.of()
                : plan.changes().stream()
                        .filter(ShapeChange.Added.class::isInstance)
                        .map(change -> ((ShapeChange.Added) change).column())
                        .toList();
    }

    private String attach(TableName from) {
        return "ALTER TABLE " + Ddl.quoted(assembled) + " ATTACH PARTITION ALL FROM " + Ddl.quoted(from);
    }

    private String removeRange(Extent.Range range) {
        String column = Ddl.quoted(range.column().name());
        String type = range.column().target().codec().clickhouseType();
        return "ALTER TABLE " + Ddl.quoted(assembled) + " DELETE WHERE " + column + " >= CAST("
                + Ddl.literal(range.from()) + " AS " + type + ") AND " + column + " < CAST(" + Ddl.literal(range.to())
                + " AS " + type + ") SETTINGS mutations_sync = 2";
    }
}
