package millrace.webhook.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The name of a run: its start in UTC and four random hex digits. Ids sort by time.
 *
 * @param value for example 20261121T072008123Z-3f9a
 */
public record RunId(@JsonValue String value) implements Comparable<RunId> {
    private static final Pattern FORM = Pattern.compile("[0-9]{8}T[0-9]{9}Z-[0-9a-f]{4}");
    private static final DateTimeFormatter START =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        if (!isRunId(value)) {
            throw new IllegalArgumentException("not a run id");
        }
    }

    /** A new id for a run that starts at this time. */
    public static RunId at(Instant start) {
        int random = ThreadLocalRandom.current().nextInt(0x10000);
        return new RunId("%s-%04x".formatted(START.format(start), random));
    }

    /** Whether a text has the form of a run id. */
    public static boolean isRunId(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
