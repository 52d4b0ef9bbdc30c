package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.contract.pipeline.TableName;
import millrace.contract.pipeline.TableOptions;

/**
 * What a loaded table says of itself.
 *
 * @param pipeline that loads it; empty where a version of the loader made it that did not say so
 * @param source the table that it is loaded from, as it stands in the mark
 * @param target the name that it was made for, as it stands in the mark; empty as the pipeline is
 * @param declared what the pipeline file said of it that could be an addition of somebody's: "ttl", "setting x", "codec x"
 * @param state of an incremental table, up to where it has been loaded
 * @param contents of an incremental table, what it held then
 */
public record TargetMark(
        String pipeline,
        String source,
        String target,
        List<String> declared,
        Optional<SyncState> state,
        Optional<Contents> contents) {
    public static final String ROW_ID = "row_id ";
    private static final String WHERE = "where ";
    private static final String HASH = "hash ";

    public TargetMark {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
        declared = List.copyOf(declared);
        requireNonNull(state, "state is null");
        requireNonNull(contents, "contents is null");
    }

    /** The mark of a table that a pipeline loads. */
    public static TargetMark of(String pipeline, TableSpec spec, Optional<SyncState> state) {
        return new TargetMark(
                pipeline,
                quoted(spec.source()),
                quoted(spec.target()),
                declared(spec.options()),
                state,
                Optional.empty());
    }

    private static List<String> declared(TableOptions options) {
        List<String> declared = new ArrayList<>();
        if (!options.ttl().isEmpty()) {
            declared.add("ttl");
        }
        options.settings().keySet().forEach(name -> declared.add("setting " + name));
        options.columns().forEach((name, column) -> {
            if (!column.codec().isEmpty()) {
                declared.add("codec " + quoted(name));
            }
        });
        declared.addAll(rows(options));
        return declared;
    }

    /** What the pipeline file says that all rows of an incremental table must have in common. */
    private static List<String> rows(TableOptions options) {
        List<String> said = new ArrayList<>();
        if (!options.rowId().isEmpty()) {
            said.add(ROW_ID + quoted(options.rowId()));
        }
        if (!options.where().isEmpty()) {
            said.add(WHERE + quoted(options.where()));
        }
        options.columns().forEach((name, column) -> {
            if (column.hash()) {
                said.add(HASH + quoted(name));
            }
        });
        return said;
    }

    public TargetMark with(Contents now) {
        return new TargetMark(pipeline, source, target, declared, state, Optional.of(now));
    }

    /** Whether rows that are added now are made in the same way as those that are there. */
    public boolean hasRowsOf(TableSpec spec) {
        List<String> said = declared.stream()
                .filter(word -> word.startsWith(ROW_ID) || word.startsWith(WHERE) || word.startsWith(HASH))
                .toList();
        return said.equals(rows(spec.options()));
    }

    /** Whether a version of the loader made the table that did not name the pipeline. */
    public boolean isEarly() {
        return pipeline.isEmpty();
    }

    /** Whether it is that of the same table of the same pipeline. */
    public boolean isOf(String otherPipeline, TableSpec spec) {
        return isEarly()
                ? source.equals(spec.source().toString())
                : pipeline.equals(otherPipeline)
                        && source.equals(quoted(spec.source()))
                        && target.equals(quoted(spec.target()));
    }

    /** In double quotes, so that no name can look like another one. */
    public static String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.table());
    }

    /** In double quotes; control characters as \x and two digits. */
    public static String quoted(String name) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == 127) {
                text.append(String.format("\\x%02x", (int) c));
            } else {
                text.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return text.append('"').toString();
    }
}
