package millrace.loader.clickhouse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import millrace.contract.pipeline.TableName;

/**
 * Names of tables in the loader's own database. A table is a file there, so a name must not be too long for one: the server
 * writes a letter that is not of ASCII as six or nine characters.
 */
final class OwnName {
    /** Of the 255 that a file's name may have, without what is put before and after. */
    private static final int LONGEST = 150;

    private static final int DIGEST_BYTES = 8;
    private static final String PUBLICATION = "publication.";

    private OwnName() {}

    /** What the names of all tables of a target begin with. */
    static String base(TableName target) {
        String name = target.toString();
        return fileLength(name) <= LONGEST ? name : beginning(name) + ".." + digest(name, DIGEST_BYTES);
    }

    /** Whether a table's name is that of one which a load of the target made on its way, this version or an earlier one. */
    static boolean isOf(String name, TableName target) {
        String rest = name.length() < 9 ? "" : name.substring(0, name.length() - 9);
        String bare = rest.endsWith(".new") ? rest.substring(0, rest.length() - 4) : rest;
        String base = base(target);
        return rest.equals(base)
                || bare.equals(base)
                || bare.equals(target.toString())
                || rest.equals(target.toString());
    }

    static TableName staging(TableName target, String unique) {
        return new TableName(Ddl.OWN, base(target) + "." + unique);
    }

    static TableName assembled(TableName target, String unique) {
        return new TableName(Ddl.OWN, base(target) + ".new." + unique);
    }

    /** The name under which a table is kept that another one took the place of; it is no left-over. */
    static TableName kept(TableName staging) {
        return new TableName(Ddl.OWN, staging.table() + ".kept");
    }

    /** What the names of all publications of a pipeline begin with. */
    static String publications(String pipeline) {
        return PUBLICATION + digest(pipeline, DIGEST_BYTES) + ".";
    }

    static TableName publication(String pipeline, String unique) {
        return new TableName(Ddl.OWN, publications(pipeline) + unique);
    }

    /** Eight hexadecimal digits that no other run chooses. */
    static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static int fileLength(String name) {
        int length = 0;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_';
            length += plain ? 1 : 3;
        }
        return length;
    }

    /** As many whole characters as there is room for beside a digest. */
    private static String beginning(String name) {
        int end = 0;
        int length = 0;
        while (end < name.length()) {
            int next = name.offsetByCodePoints(end, 1);
            length += fileLength(name.substring(end, next));
            if (length > LONGEST - 2 * DIGEST_BYTES - 6) {
                break;
            }
            end = next;
        }
        return name.substring(0, end);
    }

    private static String digest(String text, int bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
