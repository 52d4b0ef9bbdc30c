package millrace.stream.sink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import millrace.stream.protocol.Image;

/** Makes the rows of a table that say what its changes say. */
final class RowMaker {
    private final boolean keyed;
    private final int[] key;
    private final int[] places;
    private final int columns;

    RowMaker(FollowedTable table) {
        keyed = table.isKeyed();
        key = table.keyPositions();
        places = table.places();
        columns = table.spec().columns().size();
    }

    /** Large values that the stream did not repeat are filled in from the batch as far as it has them. */
    List<Row> rows(List<Change> changes) {
        List<Row> rows = new ArrayList<>(changes.size());
        Map<Image, Image> before = new HashMap<>();
        for (Change change : changes) {
            add(change, rows, before);
        }
        return before.isEmpty() ? rows : filled(rows, before);
    }

    private void add(Change change, List<Row> rows, Map<Image, Image> before) {
        byte[] message = change.message();
        char first = (char) message[change.offset()];
        if (change.kind() == 'D') {
            rows.add(new Row(
                    old(Image.read(message, change.offset() + 1, places, columns)
                            .image()),
                    true,
                    change));
            return;
        }
        Image old = null;
        int at = change.offset();
        if (first != 'N') {
            Image.Read read = Image.read(message, at + 1, places, columns);
            old = read.image();
            at = read.end();
        }
        Image now = Image.read(message, at + 1, places, columns).image();
        if (old != null) {
            takeUnchanged(now, old);
        }
        if (now.hasUnchanged()) {
            before.put(now, old == null ? now : old);
        }
        rows.add(new Row(now, false, change));
        if (old != null && (!keyed || !old.key(key).equals(now.key(key)))) {
            rows.add(new Row(old(old), true, change));
        }
    }

    private Image old(Image image) {
        if (keyed) {
            image.keepOnly(key);
        }
        return image;
    }

    private void takeUnchanged(Image now, Image old) {
        for (int i = 0; i < columns; i++) {
            if (now.isUnchanged(i) && old.isValue(i)) {
                now.take(i, old);
            }
        }
    }

    /** @param before of each image with values that were not repeated the one that had its key before, for that key */
    private List<Row> filled(List<Row> rows, Map<Image, Image> before) {
        Map<ByteBuffer, Row> latest = new HashMap<>();
        List<Row> filled = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.removed()) {
                latest.remove(row.image().key(key));
                filled.add(row);
                continue;
            }
            Image previous = before.get(row.image());
            Row complete = previous == null ? row : fill(row, previous, latest.get(previous.key(key)));
            latest.put(complete.image().key(key), complete);
            filled.add(complete);
        }
        return filled;
    }

    private Row fill(Row row, Image previous, Row known) {
        if (known == null) {
            return row.on(previous);
        }
        for (int i = 0; i < columns; i++) {
            if (row.image().isUnchanged(i)) {
                row.image().take(i, known.image());
            }
        }
        return row.image().hasUnchanged() ? row.on(known.base()) : row;
    }
}
