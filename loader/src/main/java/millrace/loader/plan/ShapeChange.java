package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/** A difference between the target's columns and those that the source's make now. */
public sealed interface ShapeChange {
    /** Completes "column …". */
    String sentence();

    /** The target lacks the column. */
    record Added(ColumnSpec column) implements ShapeChange {
        public Added {
            requireNonNull(column, "column is null");
        }

        @Override
        public String sentence() {
            return column.name() + " added, " + column.clickhouseType();
        }
    }

    /** The source has the column no more. */
    record Dropped(TargetColumn column) implements ShapeChange {
        public Dropped {
            requireNonNull(column, "column is null");
        }

        @Override
        public String sentence() {
            return column.name() + " dropped";
        }
    }

    /** The column has become something else. */
    record Retyped(String name, String before, String now) implements ShapeChange {
        public Retyped {
            requireNonNull(name, "name is null");
            requireNonNull(before, "before is null");
            requireNonNull(now, "now is null");
        }

        @Override
        public String sentence() {
            return name + " changed from " + before + " to " + now;
        }
    }

    /** All differences but columns that somebody has added. A renamed column is a dropped and an added one: nothing tells them apart. */
    static List<ShapeChange> between(TargetTable before, TableSpec now) {
        List<ShapeChange> changes = new ArrayList<>();
        for (TargetColumn column : before.columns()) {
            if (!column.computed()
                    && now.columns().stream().noneMatch(other -> other.name().equals(column.name()))) {
                changes.add(new Dropped(column));
            }
        }
        for (ColumnSpec column : now.columns()) {
            before.columns().stream()
                    .filter(other -> other.name().equals(column.name()))
                    .findFirst()
                    .ifPresentOrElse(
                            other -> retyped(other, column.clickhouseType(), changes),
                            () -> changes.add(new Added(column)));
        }
        return changes;
    }

    private static void retyped(TargetColumn before, String now, List<ShapeChange> changes) {
        if (!before.hasType(now)) {
            changes.add(new Retyped(before.name(), before.type(), now));
        }
    }
}
