package millrace.contract.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import millrace.contract.failure.Problems;
import millrace.contract.failure.Suggestion;
import millrace.contract.pipeline.AlertOptions.Kind;
import millrace.contract.yaml.Section;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the section of a pipeline file that says what is told to others. */
final class AlertReader {
    private static final List<String> ALERTS = List.of("when", "stale_after_minutes");
    private static final int MAX_MINUTES = 999_999;
    private static final List<Kind> ALL = List.of(Kind.values());

    private AlertReader() {}

    static AlertOptions read(Node node, Problems problems) {
        Section alerts = new Section("alerts", node, ALERTS, problems);
        List<Kind> when = kinds(alerts, problems);
        int minutes = alerts.whole("stale_after_minutes", MAX_MINUTES, 0);
        if (alerts.has("when") && when.contains(Kind.STALE) && !alerts.has("stale_after_minutes")) {
            problems.add(
                    alerts.line("when"),
                    "missing-key",
                    "\"stale\" needs the key \"stale_after_minutes\" in alerts: after how long a table is stale.");
        }
        return new AlertOptions(when, minutes);
    }

    private static List<Kind> kinds(Section alerts, Problems problems) {
        if (!alerts.has("when")) {
            return ALL;
        }
        List<Kind> kinds = new ArrayList<>();
        for (String word : alerts.texts("when")) {
            Optional<Kind> kind = Arrays.stream(Kind.values())
                    .filter(each -> each.spelled().equals(word))
                    .findFirst();
            if (kind.isEmpty()) {
                problems.add(
                        alerts.line("when"),
                        "unknown-choice",
                        "Unknown kind of alert \"" + word + "\"; "
                                + Suggestion.among(
                                        ALL.stream().map(Kind::spelled).toList(), word));
            }
            kind.filter(each -> !kinds.contains(each)).ifPresent(kinds::add);
        }
        return kinds;
    }
}
