package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.loader.codec.Canonical;

/**
 * Decides how an incremental table goes on from where its last load ended.
 *
 * <p>Which rows are new is told by the transactions that made them, not by the cursor: a sequence gives its numbers before the
 * transactions commit, so a lower number may become visible after a higher one. A row is new when the last load's snapshot
 * could not see its transaction.
 */
public record Incremental(SourceTable source, TableSpec spec, SourceMoment now) {
    private static final String REFRESH =
            "Load it anew with --full-refresh; the target then has the rows that the source has now.";

    public Incremental {
        requireNonNull(source, "source is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(now, "now is null");
    }

    /** The state that the target will be in. */
    public SyncState state() {
        return new SyncState(now, source.oid());
    }

    /** Whether a column's values say in which order rows were made. */
    public static boolean canBeCursor(ColumnSpec column) {
        Canonical form = column.mapping().codec().canonical();
        return form == Canonical.DATE
                || form == Canonical.TIMESTAMP
                || form == Canonical.DECIMAL
                || form == Canonical.MONEY
                || form == Canonical.PLAIN && column.target().clickhouseType().contains("Int");
    }

    /** @throws Failure when the source is not the one that was loaded before */
    public void refuse(SyncState last) {
        if (!last.moment().system().equals(now.system()) || last.moment().next() > now.next()) {
            throw Failure.running(
                    "source-replaced",
                    spec.target() + " was loaded from another Postgres server, or from a later state of this one.",
                    REFRESH);
        }
        if (last.sourceOid() != source.oid()) {
            throw Failure.running(
                    "source-replaced",
                    spec.source() + " is not the table that " + spec.target() + " was loaded from: it was made anew.",
                    REFRESH);
        }
    }

    /**
     * Looks whether the target can take the source's shape and keep its rows: columns may have been added whose value is NULL
     * in all rows made before.
     *
     * @throws Failure when it cannot
     */
    public void refuse(List<ShapeChange> changes) {
        List<String> impossible = changes.stream()
                .filter(change -> !(change instanceof ShapeChange.Added added && wasNull(added.column())))
                .map(ShapeChange::sentence)
                .toList();
        if (!impossible.isEmpty()) {
            throw Failure.running(
                    "shape-changed",
                    spec.source() + " has another shape than when " + spec.target() + " was loaded: column "
                            + String.join("; column ", impossible) + ".",
                    "Rows loaded before would not be exact any more. " + REFRESH);
        }
    }

    /**
     * Looks whether the target is as its last load left it. Rows are neither read nor counted: what its server keeps about
     * parts and changes must agree.
     *
     * @throws Failure when it is not
     */
    public static void refuse(TableName target, TargetTable table) {
        change(table).ifPresent(change -> {
            throw Failure.running(
                    "target-changed",
                    target + " is not as its last load left it: " + change + ".",
                    "Nothing was published. Load the range that is concerned again with --from and --to, or everything with"
                            + " --full-refresh.");
        });
    }

    /** What has changed in a table since its last load, as far as that was noted. */
    public static Optional<String> change(TargetTable table) {
        return table.mark()
                .flatMap(TargetMark::contents)
                .flatMap(then -> table.contents().flatMap(now -> change(then, now, table)));
    }

    private static Optional<String> change(Contents then, Contents now, TargetTable table) {
        Optional<Mutation> mutation = table.mutations().stream()
                .filter(each -> each.version() > then.version() && each.changesRows())
                .findFirst();
        boolean sameTable = then.uuid().equals(now.uuid());
        if (mutation.isPresent() && sameTable) {
            return Optional.of("rows were changed in place, " + mutation.get().command());
        }
        boolean fewerMayBe = table.forgetsRows() || table.mergesRows() && now.rows() > 0;
        if (now.rows() > then.rows() || now.rows() < then.rows() && !fewerMayBe) {
            long difference = now.rows() - then.rows();
            return Optional.of("it has " + now.rows() + " rows, " + Math.abs(difference)
                    + (difference > 0 ? " more" : " fewer") + " than then");
        }
        if (!sameTable) {
            return Optional.of("it is another table, put there by somebody or restored");
        }
        if (now.blocks() > then.allBlocks() || now.blocks() < then.blocks() && !table.forgetsRows()) {
            return Optional.of("parts of it were added or removed");
        }
        boolean known = now.version() == then.version()
                || table.mutations().stream().anyMatch(each -> each.version() == now.version());
        return known ? Optional.empty() : Optional.of("rows were changed in place");
    }

    private boolean wasNull(ColumnSpec column) {
        return column.target().nullable()
                && source.columns().stream().anyMatch(own -> own.name().equals(column.name()) && !own.hasDefault());
    }
}
