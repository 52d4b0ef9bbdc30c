package millrace.loader.clickhouse;

import millrace.loader.failure.Failure;
import millrace.loader.plan.Extent;
import millrace.loader.plan.TablePlan;
import millrace.loader.run.RowWriter;
import millrace.loader.run.Staging;

/** A table in the loader's own database that takes the target's place when it is complete. */
final class StagingTable implements Staging {
    private final ClickHouseHttp http;
    private final Ddl ddl;
    private final TablePlan plan;
    private final Publication publication;

    StagingTable(ClickHouseHttp http, Publication publication) {
        this.http = http;
        this.ddl = publication.ddl();
        this.plan = publication.plan();
        this.publication = publication;
    }

    void create() {
        publication.stage().forEach(http::query);
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
    public long removeKnown() {
        if (!(plan.extent() instanceof Extent.SinceLast)) {
            return 0;
        }
        long known = count(publication.countKnown());
        if (known > 0) {
            http.query(publication.removeKnown());
        }
        return known;
    }

    @Override
    public long publish(long rows) {
        if (rows == 0
                && plan.extent() instanceof Extent.SinceLast
                && plan.changes().isEmpty()) {
            http.query(publication.moveState());
        } else {
            publication.statements().forEach(http::query);
        }
        return plan.extent() instanceof Extent.Everything ? rows : count(publication.countPublished());
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
