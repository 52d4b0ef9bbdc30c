package millrace.webhook.security;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import millrace.service.Json;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Which event of another program runs what, as a file declares it.
 *
 * @param rules the first that an event meets counts
 */
public record Events(List<Rule> rules) {
    /**
     * What one kind of event runs.
     *
     * @param event its name, such as push
     * @param when what its body must have, by the path of the value: ref, repository.full_name
     * @param run the body of a request for a run
     */
    public record Rule(String event, Map<String, String> when, JsonNode run) {
        public Rule {
            requireNonNull(event, "event is null");
            requireNonNull(run, "run is null");
            when = Map.copyOf(when);
        }

        private boolean isMet(String name, JsonNode body) {
            return event.equals(name)
                    && when.entrySet().stream()
                            .allMatch(condition -> body.at(
                                            "/" + condition.getKey().replace('.', '/'))
                                    .asText("")
                                    .equals(condition.getValue()));
        }
    }

    public Events {
        rules = List.copyOf(rules);
    }

    /** The request for a run that an event stands for; empty when it stands for none. */
    public Optional<JsonNode> run(String event, JsonNode body) {
        return rules.stream()
                .filter(rule -> rule.isMet(event, body))
                .findFirst()
                .map(Rule::run);
    }

    /**
     * Reads the file.
     *
     * @throws IOException with the end of a sentence that says what is wrong with it
     */
    public static Events read(Path file) throws IOException {
        JsonNode events;
        try {
            Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            events = Json.node(yaml).path("events");
        } catch (YamlEngineException e) {
            throw new IOException(
                    "is not YAML: " + e.getMessage().lines().findFirst().orElse(""), e);
        }
        if (!events.isArray()) {
            throw new IOException("has no list called events");
        }
        List<Rule> rules = new ArrayList<>();
        for (JsonNode each : events) {
            rules.add(rule(each, rules.size() + 1));
        }
        return new Events(rules);
    }

    private static Rule rule(JsonNode each, int number) throws IOException {
        boolean known = each.propertyStream()
                .allMatch(entry -> Set.of("event", "when", "run").contains(entry.getKey()));
        if (!known
                || !each.path("event").isTextual()
                || !each.path("run").path("pipeline").isTextual()) {
            throw new IOException("needs event, run with a pipeline, and at most when, in its event number " + number);
        }
        Map<String, String> when = new HashMap<>();
        each.path("when")
                .propertyStream()
                .forEach(entry -> when.put(entry.getKey(), entry.getValue().asText()));
        return new Rule(each.path("event").textValue(), when, each.path("run"));
    }
}
