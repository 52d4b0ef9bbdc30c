package millrace.loader.clickhouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.Contents;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TargetMark;
import millrace.loader.plan.TargetTable;
import millrace.loader.run.KnownRows;
import millrace.loader.run.RowWriter;
import millrace.loader.run.Staging;

/** A table in the loader's own database that takes the target's place when it is complete. */
final class StagingTable implements Staging {
    private final ClickHouseHttp http;
    private final Ddl ddl;
    private final TablePlan plan;
    private final Publication publication;
    private final TableName kept;
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private volatile boolean switches = true;

    /** @param kept the name under which a table is kept that somebody else made */
    StagingTable(ClickHouseHttp http, Publication publication, TableName kept) {
        this.http = http;
        this.ddl = publication.ddl();
        this.plan = publication.plan();
        this.publication = publication;
        this.kept = kept;
    }

    void create() {
        publication.stage().forEach(http::query);
        if (publication.isDirect()) {
            // Before the rows, which then are written with them.
            keepAdditions(publication.staging(), false);
        }
        lost.addAll(Additions.lost(plan));
    }

    /** What somebody has added to the table before is worth no failure of a load. */
    private void keepAdditions(TableName table, boolean fills) {
        String alter = "ALTER TABLE " + Ddl.quoted(table) + ddl.onCluster() + " ";
        for (Additions.Addition addition : Additions.kept(plan)) {
            try {
                http.query(alter + addition.clause());
                if (fills && !addition.fill().isEmpty()) {
                    http.query(alter + addition.fill() + " SETTINGS mutations_sync = 2");
                }
            } catch (Failure failure) {
                lost.add("the " + addition.what() + " is gone: " + failure.sentence());
            }
        }
    }

    @Override
    public void write(RowWriter rows) {
        http.insert(publication.insert(), rows);
    }

    @Override
    public long rows() {
        return count("SELECT count() FROM " + Ddl.quoted(publication.staging()));
    }

    @Override
    public String refusal() {
        try {
            http.query("SYSTEM FLUSH LOGS query_log");
            String answer = http.query("SELECT exception FROM system.query_log WHERE event_date >= yesterday()"
                    + " AND exception != '' AND query_kind = 'Insert' AND position(query, "
                    + Ddl.literal(Ddl.quoted(publication.staging()))
                    + ") > 0 ORDER BY event_time_microseconds DESC LIMIT 1 FORMAT TSVRaw");
            return answer.isBlank() ? "" : ClickHouseFailure.sentence(answer.strip());
        } catch (Failure unreadable) {
            return ""; // Not every user may flush or read the log.
        }
    }

    private long count(String query) {
        return Long.parseLong(http.query(query).strip());
    }

    @Override
    public KnownRows removeKnown() {
        if (!plan.extent().meetsKnownRows()) {
            return KnownRows.NONE;
        }
        long known = count(publication.countKnown());
        if (known == 0) {
            return KnownRows.NONE;
        }
        String[] changed = http.query(publication.countChanged()).strip().split("\t", 2);
        http.query(publication.removeKnown());
        long rows = Long.parseLong(changed[0]);
        return new KnownRows(known, rows, rows == 0 ? "" : plan.spec().keyText() + " = " + changed[1]);
    }

    @Override
    public long prepare(long rows) {
        if (movesState(rows)) {
            switches = false;
            return before().map(Contents::rows).orElseGet(() -> count(publication.countPublished()));
        }
        publication.prepare().forEach(http::query);
        if (!publication.isDirect()) {
            keepAdditions(publication.complete(), true);
        }
        guard();
        if (plan.mark().flatMap(TargetMark::state).isEmpty()) {
            return rows;
        }
        Contents contents = contents();
        refuseOthersRows(rows, contents);
        http.query(publication.mark(Mending.of(plan, rows, contents).orElse(contents)));
        return contents.rows();
    }

    private void guard() {
        if (!plan.spec().options().guard().asksNothing()) {
            GuardCheck check = new GuardCheck(plan, publication.complete());
            check.refuse(http.query(check.query()));
        }
    }

    private boolean movesState(long rows) {
        return rows == 0 && plan.extent().meetsKnownRows() && plan.changes().isEmpty();
    }

    private Optional<Contents> before() {
        return plan.before().flatMap(TargetTable::contents);
    }

    private Contents contents() {
        TableName complete = publication.complete();
        String uuid = http.query("SELECT uuid FROM system.tables WHERE (database, name) IN "
                        + TargetCatalog.among(List.of(complete)))
                .strip();
        return new PartsCatalog(new TargetCatalog(http, ddl), List.of(complete)).contents(complete, uuid);
    }

    /** Somebody may write to the target between the look at its parts and the link to them. */
    private void refuseOthersRows(long rows, Contents contents) {
        long expected = rows + before().map(Contents::rows).orElse(0L);
        if (plan.extent().meetsKnownRows() && before().isPresent() && contents.rows() > expected) {
            throw Failure.passing(
                    "target-changed",
                    "Somebody else writes to " + plan.spec().target() + " while it is loaded.",
                    "Nothing was published. Only the loader may write to the tables that it loads.",
                    null);
        }
    }

    /** Whether the complete table takes the target's place, and not only the state moves on. */
    boolean switches() {
        return switches;
    }

    Publication publication() {
        return publication;
    }

    /** What there is to be done once the tables have changed places. */
    void finish() {
        if (!switches) {
            http.query(publication.moveState());
        } else if (plan.adopts()) {
            http.query(
                    "RENAME TABLE " + Ddl.quoted(publication.complete()) + " TO " + Ddl.quoted(kept) + ddl.onCluster());
        }
    }

    @Override
    public TableName complete() {
        return publication.complete();
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(lost);
        TableName target = plan.spec().target();
        if (plan.adopts()) {
            notes.add("what was " + target + " before, of the engine "
                    + plan.before().orElseThrow().engine() + ", is kept as " + Ddl.quoted(kept));
        }
        plan.before()
                .filter(table -> !table.readers().isEmpty())
                .ifPresent(table -> notes.add(
                        table.readers() + " is told of inserts into " + target + ", but not of what a load publishes"));
        return notes;
    }

    /** After an exchange the names are those of the former table. */
    @Override
    public void close() {
        http.query(Ddl.drop(publication.staging(), ""));
        if (!publication.isDirect()) {
            http.query(Ddl.drop(publication.assembled(), ddl.onCluster()));
        }
    }
}
