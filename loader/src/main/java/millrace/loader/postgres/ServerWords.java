package millrace.loader.postgres;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What Postgres itself says of an error, or a pooler in its place; where neither said anything, what the driver says.
 *
 * @param state the SQLSTATE, empty when there is none
 * @param message the message alone
 * @param sentence the message, and the detail where there is one; ends with a full stop
 * @param hint the server's own hint, empty when there is none
 * @param own whether the server sent it
 */
record ServerWords(String state, String message, String sentence, String hint, boolean own) {
    static ServerWords of(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        ServerErrorMessage server = e instanceof PSQLException known ? known.getServerErrorMessage() : null;
        if (server == null || server.getMessage() == null) {
            String message = String.valueOf(e.getMessage());
            return new ServerWords(state, message, ended(message), "", false);
        }
        String sentence = ended(server.getMessage());
        if (server.getDetail() != null) {
            sentence += " " + ended(server.getDetail());
        }
        if (server.getWhere() != null) {
            sentence += " (" + server.getWhere().lines().findFirst().orElse("") + ")";
        }
        return new ServerWords(
                state, server.getMessage(), sentence, server.getHint() == null ? "" : ended(server.getHint()), true);
    }

    private static String ended(String text) {
        String stripped = text.strip();
        return stripped.endsWith(".") || stripped.endsWith("?") || stripped.endsWith("!") ? stripped : stripped + ".";
    }

    /** The server's hint, what the loader adds to it, and the SQLSTATE. */
    String hint(String more) {
        String words = hint.isEmpty() ? more : hint + " " + more;
        return state.isEmpty() ? words : words + " SQLSTATE " + state + ".";
    }
}
