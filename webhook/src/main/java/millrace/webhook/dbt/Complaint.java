package millrace.webhook.dbt;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What dbt says on its log when it cannot even begin. */
final class Complaint {
    private static final int TAIL_BYTES = 16 * 1024;
    private static final int MAX_CHARACTERS = 600;
    private static final Pattern ENCOUNTERED = Pattern.compile("(?s).*Encountered an error:\\s*(.*)");
    private static final Pattern CLOCK = Pattern.compile("(?m)^\\d\\d:\\d\\d:\\d\\d\\s+");

    private Complaint() {}

    /** The complaint on one line: all after dbt's "Encountered an error", else the log's last line; empty for an empty log. */
    static String in(Path log) {
        String text = CLOCK.matcher(tail(log)).replaceAll("").strip();
        Matcher error = ENCOUNTERED.matcher(text);
        String complaint = error.matches() ? error.group(1) : text.substring(text.lastIndexOf('\n') + 1);
        String line = complaint.replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS) + "…";
    }

    private static String tail(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
