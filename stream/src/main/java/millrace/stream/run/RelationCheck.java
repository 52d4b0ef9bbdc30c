package millrace.stream.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import millrace.stream.protocol.Message;
import millrace.stream.protocol.RelationColumn;
import millrace.stream.sink.FollowedTable;
import millrace.stream.source.SchemaChange;

/** Holds what the stream says of a table against what the table was when it was copied. */
final class RelationCheck {
    private RelationCheck() {}

    static void refuse(FollowedTable table, Message.Relation now) {
        List<String> changes = between(table.shape().columns(), now.columns());
        if (changes.isEmpty() && now.identity() != table.shape().identity()) {
            changes.add("its REPLICA IDENTITY is another one");
        }
        if (changes.isEmpty() && !now.columns().equals(table.shape().columns())) {
            changes.add("its columns stand in another order");
        }
        if (!changes.isEmpty()) {
            throw new SchemaChange(table.spec().source(), String.join(", ", changes));
        }
    }

    private static List<String> between(List<RelationColumn> before, List<RelationColumn> now) {
        Map<String, RelationColumn> left = new LinkedHashMap<>();
        before.forEach(column -> left.put(column.name(), column));
        List<String> changes = new ArrayList<>();
        for (RelationColumn column : now) {
            RelationColumn own = left.remove(column.name());
            if (own == null) {
                changes.add("column " + column.name() + " was added");
            } else if (!own.equals(column)) {
                changes.add("column " + column.name() + " has another type");
            }
        }
        left.keySet().forEach(name -> changes.add("column " + name + " is gone"));
        return changes;
    }

    /** A table with the name of one that is followed, but another one. */
    static void refuseReplaced(Collection<FollowedTable> tables, Message.Relation now) {
        for (FollowedTable table : tables) {
            if (table.spec().source().equals(now.name())) {
                throw new SchemaChange(now.name(), "it was dropped and made anew");
            }
        }
    }
}
