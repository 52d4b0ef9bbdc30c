package millrace.stream.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import millrace.contract.pipeline.TableName;

/** Reads the messages of pgoutput. */
public final class MessageReader {
    private MessageReader() {}

    /** @param message whole; its bytes may be referred to by what is returned, and must not be used again */
    public static Message read(ByteBuffer message) {
        char kind = (char) message.get();
        return switch (kind) {
            case 'B' -> new Message.Begin(message.getLong(), message.getLong(), unsigned(message));
            case 'C' -> commit(message);
            case 'R' -> relation(message);
            case 'I', 'U', 'D' -> change(kind, message);
            case 'T' -> truncate(message);
            default -> new Message.Other(kind);
        };
    }

    private static long unsigned(ByteBuffer message) {
        return Integer.toUnsignedLong(message.getInt());
    }

    private static Message commit(ByteBuffer message) {
        message.get();
        return new Message.Commit(message.getLong(), message.getLong());
    }

    private static Message relation(ByteBuffer message) {
        long oid = unsigned(message);
        TableName name = new TableName(text(message), text(message));
        char identity = (char) message.get();
        int count = message.getShort();
        List<RelationColumn> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            message.get();
            columns.add(new RelationColumn(text(message), unsigned(message), message.getInt()));
        }
        return new Message.Relation(oid, name, identity, columns);
    }

    private static Message change(char kind, ByteBuffer message) {
        long relation = unsigned(message);
        return new Message.RowChange(
                kind, relation, message.array(), message.arrayOffset() + message.position(), message.remaining());
    }

    private static Message truncate(ByteBuffer message) {
        int count = message.getInt();
        message.get();
        List<Long> relations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            relations.add(unsigned(message));
        }
        return new Message.Truncate(relations);
    }

    /** Texts end with a zero byte; pg_catalog has an empty name. */
    private static String text(ByteBuffer message) {
        int start = message.position();
        while (message.get() != 0) {
            // The end is what is looked for.
        }
        String text = new String(
                message.array(), message.arrayOffset() + start, message.position() - start - 1, StandardCharsets.UTF_8);
        return text.isEmpty() ? "pg_catalog" : text;
    }
}
