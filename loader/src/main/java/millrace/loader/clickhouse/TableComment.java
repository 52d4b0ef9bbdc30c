package millrace.loader.clickhouse;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.Contents;
import millrace.loader.plan.SourceMoment;
import millrace.loader.plan.SyncState;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TargetMark;
import millrace.loader.plan.TargetTable;

/**
 * The comment of a loaded table. What the table says of itself is part of it, an incremental table's state too, because a
 * table and its comment change places in one step: rows without the state that belongs to them, or a state without its
 * rows, cannot be. What somebody has written before or after the mark stays.
 */
record TableComment(String before, Optional<TargetMark> mark, String after) {
    private static final String QUOTED = "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"";
    private static final String NAME = QUOTED + "\\." + QUOTED;
    private static final String DECLARED = "(?:ttl|setting \\w+|(?:codec|row_id|where|hash) " + QUOTED + ")";
    private static final String STATE =
            "; synced to snapshot ([0-9]+:[0-9]+:[0-9,]*) of Postgres ([0-9]+), table ([0-9]{1,10})";
    private static final Pattern MARK = Pattern.compile("Loaded by Millrace: pipeline (" + QUOTED + ") copies (" + NAME
            + ") to (" + NAME + ")(?:; declares (" + DECLARED + "(?:, " + DECLARED + ")*+))?(?:" + STATE
            + ")?(?:; ([0-9a-f-]{36}) held ([0-9]+) rows, blocks ([0-9]+) to ([0-9]+), version ([0-9]+))?\\.");
    /** As earlier versions of the loader wrote it. */
    private static final Pattern EARLY =
            Pattern.compile("Loaded by Millrace from (.+?)(?:" + STATE + ")?$", Pattern.DOTALL);

    private static final String BEGINNING = "Loaded by Millrace";

    static TableComment read(String comment) {
        if (!comment.contains(BEGINNING)) {
            return new TableComment(comment.isEmpty() ? "" : comment + "\n", Optional.empty(), "");
        }
        Matcher matcher = MARK.matcher(comment);
        if (matcher.find()) {
            return new TableComment(
                    comment.substring(0, matcher.start()),
                    Optional.of(mark(matcher)),
                    comment.substring(matcher.end()));
        }
        Matcher early = EARLY.matcher(comment);
        return early.matches()
                ? new TableComment("", Optional.of(early(early)), "")
                : new TableComment(comment + "\n", Optional.empty(), "");
    }

    private static TargetMark mark(Matcher matcher) {
        String declared = matcher.group(4);
        return new TargetMark(
                unquoted(matcher.group(1)),
                matcher.group(2),
                matcher.group(3),
                declared == null
                        ? List.of()
                        : Pattern.compile(DECLARED)
                                .matcher(declared)
                                .results()
                                .map(java.util.regex.MatchResult::group)
                                .toList(),
                state(matcher, 5),
                matcher.group(8) == null
                        ? Optional.empty()
                        : Optional.of(new Contents(
                                matcher.group(8),
                                Long.parseLong(matcher.group(9)),
                                Long.parseLong(matcher.group(10)),
                                Long.parseLong(matcher.group(11)),
                                Long.parseLong(matcher.group(12)))));
    }

    private static TargetMark early(Matcher matcher) {
        return new TargetMark("", matcher.group(1), "", List.of(), state(matcher, 2), Optional.empty());
    }

    private static Optional<SyncState> state(Matcher matcher, int group) {
        return matcher.group(group) == null
                ? Optional.empty()
                : Optional.of(new SyncState(
                        new SourceMoment(matcher.group(group), matcher.group(group + 1)),
                        Long.parseLong(matcher.group(group + 2))));
    }

    private static String unquoted(String quoted) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                text.append(c);
            } else if (quoted.charAt(++i) == 'x') {
                text.append((char) Integer.parseInt(quoted, i + 1, i + 3, 16));
                i += 2;
            } else {
                text.append(quoted.charAt(i));
            }
        }
        return text.toString();
    }

    /** The comment that a plan's table will have. */
    static String of(TablePlan plan) {
        return plan.mark()
                .map(mark -> of(plan, mark))
                .orElseGet(() -> BEGINNING + " from " + plan.spec().source());
    }

    static String of(TablePlan plan, TargetMark mark) {
        TableComment now = read(plan.before().map(TargetTable::comment).orElse(""));
        return now.before + text(mark) + now.after;
    }

    private static String text(TargetMark mark) {
        return BEGINNING + ": pipeline " + TargetMark.quoted(mark.pipeline()) + " copies " + mark.source() + " to "
                + mark.target()
                + (mark.declared().isEmpty() ? "" : "; declares " + String.join(", ", mark.declared()))
                + mark.state().map(TableComment::text).orElse("")
                + mark.contents().map(TableComment::text).orElse("") + ".";
    }

    private static String text(SyncState state) {
        return "; synced to snapshot " + state.moment().snapshot() + " of Postgres "
                + state.moment().system() + ", table " + state.sourceOid();
    }

    private static String text(Contents contents) {
        return "; " + contents.uuid() + " held " + contents.rows() + " rows, blocks " + contents.blocks() + " to "
                + contents.allBlocks() + ", version " + contents.version();
    }

    /** Whether a table is one that a load of the target made on its way. */
    static boolean isOfTarget(String comment, TableName target) {
        return read(comment)
                .mark()
                .filter(mark -> mark.isEarly() || mark.target().equals(TargetMark.quoted(target)))
                .isPresent();
    }
}
