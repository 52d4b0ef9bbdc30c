package millrace.webhook.service;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import millrace.webhook.dbt.ModelGraph.Node;
import millrace.webhook.pipeline.Selection;

/** Which nodes a pipeline's selection may mean, as far as that can be told without dbt: selections of folders. */
final class Members {
    private static final Pattern FOLDER = Pattern.compile("path:([A-Za-z0-9_./-]+?)/?");

    private final Optional<List<String>> folders;

    Members(Selection selection) {
        requireNonNull(selection, "selection is null");
        List<Matcher> parts = selection.parts().stream().map(FOLDER::matcher).toList();
        folders = parts.stream().allMatch(Matcher::matches)
                ? Optional.of(parts.stream().map(part -> part.group(1)).toList())
                : Optional.empty();
    }

    /** False only of a node that the selection does not mean; dbt itself decides on the others. */
    boolean mayHave(Node node) {
        return folders.isEmpty()
                || folders.get().stream()
                        .anyMatch(folder ->
                                node.file().equals(folder) || node.file().startsWith(folder + "/"));
    }
}
