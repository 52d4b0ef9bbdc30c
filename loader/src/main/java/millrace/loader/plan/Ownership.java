package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/** Tells whether a load may replace a table: whether the loader made it, for this table of this pipeline. */
public record Ownership(String pipeline, TableSpec spec, TargetTable table) {
    private static final int LONGEST_COMMENT = 100;
    /** Other objects depend on what these are, or they on others, by more than a name. */
    private static final Set<String> BOUND = Set.of("Dictionary", "MaterializedView", "WindowView", "LiveView");

    public Ownership {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(table, "table is null");
    }

    /** Whether the table may be replaced without being asked for. */
    public boolean isOurs() {
        return table.keepsParts()
                && table.mark().filter(mark -> mark.isOf(pipeline, spec)).isPresent();
    }

    /** Whether something else can take its place while it is kept under another name. */
    public boolean canBeAdopted() {
        return !BOUND.contains(table.engine());
    }

    /** What the table is; a sentence. */
    public String sentence() {
        String name = spec.target().toString();
        if (!table.keepsParts()) {
            return name + " is not a table that a load replaces: it is " + kind() + ".";
        }
        return table.mark()
                .map(mark -> sentence(name, mark))
                .orElseGet(() -> name
                        + " was not made by the loader: it is somebody's own table of the engine " + table.engine()
                        + comment()
                        + ".");
    }

    private String kind() {
        return switch (table.engine()) {
            case "View" -> "a view";
            case "MaterializedView" -> "a materialized view";
            case "Dictionary" -> "a dictionary";
            default -> "of the engine " + (table.engine().isEmpty() ? "of a table function" : table.engine());
        };
    }

    private String comment() {
        String comment = table.comment();
        return comment.isEmpty()
                ? ""
                : ", with the comment "
                        + TargetMark.quoted(
                                comment.length() <= LONGEST_COMMENT
                                        ? comment
                                        : comment.substring(0, LONGEST_COMMENT) + "…");
    }

    private String sentence(String name, TargetMark mark) {
        String from = "from " + (mark.isEarly() ? mark.source() : plain(mark.source()));
        if (!mark.isEarly() && !mark.target().equals(TargetMark.quoted(spec.target()))) {
            return name + " is a copy of " + plain(mark.target()) + ", which the pipeline " + mark.pipeline()
                    + " loads " + from + ".";
        }
        return mark.isEarly() || mark.pipeline().equals(pipeline)
                ? name + " is loaded " + from + ", not from " + spec.source() + "."
                : name + " belongs to the pipeline " + TargetMark.quoted(mark.pipeline()) + ", which loads it " + from
                        + "; this is " + TargetMark.quoted(pipeline) + ".";
    }

    private static String plain(String quoted) {
        return quoted.matches("\"[^\"\\\\]*\"\\.\"[^\"\\\\]*\"") ? quoted.replace("\"", "") : quoted;
    }

    /** What is to be done, for all such tables together. */
    public Optional<String> remedy() {
        return canBeAdopted() ? Optional.empty() : Optional.of("Drop or rename " + spec.target() + " yourself.");
    }
}
