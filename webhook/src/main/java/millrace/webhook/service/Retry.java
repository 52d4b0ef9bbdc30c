package millrace.webhook.service;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import millrace.service.Json;
import millrace.service.Refusal;
import millrace.webhook.run.NodeResult;
import millrace.webhook.run.NodeResult.Verdict;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunState;

/**
 * What is left to do of a run: what failed, what was skipped because of it, and the models that failed tests stand on, for a test
 * fails again while its model stays as it is.
 */
public final class Retry {
    private final Runs runs;

    public Retry(Runs runs) {
        this.runs = requireNonNull(runs, "runs is null");
    }

    /**
     * What to run.
     *
     * @param command dbt's arguments
     * @param skipped what needs no repeating, a sentence
     */
    public record Rest(List<String> command, List<String> skipped) {}

    /** @throws Refusal CONFLICT when the run has not ended, or has left nothing to do */
    public Rest of(Run run) {
        if (!run.state().hasEnded()) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "run_active",
                    "The run has not ended, so there is nothing to repeat.",
                    "Wait for its end, or cancel it: POST /api/v1/runs/" + run.runId() + "/cancel");
        }
        if (run.state() == RunState.SUCCESS) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "nothing_to_retry",
                    "The run has succeeded, so there is nothing to repeat.",
                    "Ask for a new run: POST /api/v1/runs");
        }
        List<NodeResult> left = run.models().stream()
                .filter(node -> node.verdict() == Verdict.ERROR || node.verdict() == Verdict.SKIP)
                .toList();
        if (left.isEmpty()) {
            return new Rest(run.command(), List.of()); // dbt did not come so far, or was killed: all of it.
        }
        Set<String> names = new LinkedHashSet<>();
        JsonNode manifest = manifest(run);
        for (NodeResult node : left) {
            names.add(node.name());
            if (node.type().endsWith("test") && node.verdict() == Verdict.ERROR) {
                names.addAll(below(manifest, node));
            }
        }
        long done = run.models().size() - left.size();
        return new Rest(
                command(run, names), List.of(done + " nodes that were fine in run " + run.runId() + " are left out."));
    }

    /** The models, seeds and snapshots that a test looks at. */
    private static List<String> below(JsonNode manifest, NodeResult test) {
        List<String> names = new ArrayList<>();
        JsonNode node = manifest.path(test.type().equals("unit_test") ? "unit_tests" : "nodes")
                .path(test.uniqueId());
        for (JsonNode parent : node.path("depends_on").path("nodes")) {
            String name =
                    manifest.path("nodes").path(parent.asText()).path("name").asText();
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    private JsonNode manifest(Run run) {
        Path file = runs.folder(run.runId()).target().resolve("manifest.json");
        try {
            return Json.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "no_manifest",
                    "The run's manifest is gone, so nobody knows what its tests stand on.",
                    "Ask for a new run: POST /api/v1/runs");
        }
    }

    /** The run's own command with these nodes in place of what it selected. A failed test's model is built, whatever the command was. */
    private static List<String> command(Run run, Set<String> names) {
        List<String> words = new ArrayList<>();
        List<String> old = run.command();
        words.add(run.verb().equals("test") ? "build" : run.verb());
        words.add("--select");
        words.addAll(names);
        int at = old.indexOf("--select") + 1;
        while (at < old.size() && !old.get(at).startsWith("--")) {
            at++;
        }
        words.addAll(old.subList(at, old.size()));
        return words;
    }
}
