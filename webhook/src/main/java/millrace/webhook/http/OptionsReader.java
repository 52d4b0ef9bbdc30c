package millrace.webhook.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import millrace.service.FieldProblem;
import millrace.service.Problem;
import millrace.service.Refusal;
import millrace.webhook.dbt.Project;
import millrace.webhook.pipeline.Selection;
import millrace.webhook.run.Options;
import millrace.webhook.run.Verb;

/** Reads what a request for a run chooses. Nothing gets through that is not on a list, or of a form, that is known to be harmless. */
final class OptionsReader {
    static final Set<String> FIELDS =
            Set.of("pipeline", "command", "select", "exclude", "full_refresh", "changed", "vars", "threads", "target");

    private static final int MAX_SELECTORS = 100;
    private static final int MAX_THREADS = 16;
    private static final int MAX_VARS = 50;
    private static final Set<String> METHODS = Set.of(
            "tag",
            "path",
            "file",
            "fqn",
            "source",
            "exposure",
            "resource_type",
            "test_type",
            "test_name",
            "unit_test",
            "config",
            "package",
            "group",
            "access");
    private static final Pattern VALUE = Pattern.compile("[\\p{IsAlphabetic}\\p{IsDigit} _.:/+@-]{0,200}");

    private final JsonNode json;
    private final Project project;
    private final List<FieldProblem> problems = new ArrayList<>();

    private OptionsReader(JsonNode json, Project project) {
        this.json = json;
        this.project = project;
    }

    /**
     * Reads the options.
     *
     * @throws Refusal naming every value that is not allowed
     */
    static Options read(JsonNode json, Project project) {
        OptionsReader reader = new OptionsReader(json, project);
        Options options = reader.options();
        if (!reader.problems.isEmpty()) {
            throw new Refusal(Problem.ofValues(
                    422,
                    "bad_request_values",
                    "The run cannot be asked for like this",
                    "GET /docs tells what a run may choose. Nothing was run.",
                    reader.problems));
        }
        return options;
    }

    private Options options() {
        Verb verb = verb();
        boolean fullRefresh = flag("full_refresh");
        if (fullRefresh && !verb.takesFullRefresh()) {
            problem("full_refresh", "dbt " + verb.spelled() + " knows no full refresh.");
        }
        boolean changed = flag("changed");
        if (changed && verb != Verb.BUILD && verb != Verb.RUN) {
            problem("changed", "What changed is for build and run, not for dbt " + verb.spelled() + ".");
        }
        if (changed && (fullRefresh || json.has("vars"))) {
            problem("changed", "What changed goes by builds without full_refresh and vars: leave these away.");
        }
        return new Options(
                verb, selectors("select"), selectors("exclude"), fullRefresh, changed, vars(), threads(), target());
    }

    private Verb verb() {
        JsonNode value = json.path("command");
        Optional<Verb> verb = value.isMissingNode() ? Optional.of(Verb.BUILD) : Verb.of(value.asText());
        if (verb.isEmpty()) {
            problem("command", "command must be one of " + String.join(", ", Verb.all()) + ".");
        }
        return verb.orElse(Verb.BUILD);
    }

    private boolean flag(String field) {
        JsonNode value = json.path(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            problem(field, field + " must be true or false.");
        }
        return value.asBoolean();
    }

    private List<String> selectors(String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (value.isTextual()) {
            texts.addAll(List.of(value.textValue().strip().split("\\s+")));
        } else if (value.isArray()) {
            value.forEach(item -> texts.add(item.isTextual() ? item.textValue() : ""));
        }
        if (texts.isEmpty() || texts.size() > MAX_SELECTORS || !texts.stream().allMatch(OptionsReader::isSelector)) {
            problem(
                    field,
                    field + " must be 1 to " + MAX_SELECTORS
                            + " selectors of dbt such as stg_orders+, tag:daily or path:models/x.");
            return List.of();
        }
        return texts;
    }

    private static boolean isSelector(String text) {
        return text.length() <= 300
                && Selection.isPart(text)
                && Stream.of(text.split(",", -1)).allMatch(OptionsReader::hasKnownMethod);
    }

    private static boolean hasKnownMethod(String part) {
        String core = part.replaceFirst("^(@|[0-9]*\\+)", "");
        int colon = core.indexOf(':');
        return !core.isEmpty()
                && (colon < 0 || METHODS.contains(core.substring(0, colon).split("\\.", 2)[0]));
    }

    private Map<String, Object> vars() {
        JsonNode value = json.path("vars");
        Map<String, Object> vars = new LinkedHashMap<>();
        if (value.isMissingNode()) {
            return vars;
        }
        if (!value.isObject() || value.size() > MAX_VARS) {
            problem("vars", "vars must be an object with at most " + MAX_VARS + " variables.");
            return vars;
        }
        value.propertyStream().forEach(entry -> {
            String pointer = "vars/" + entry.getKey().replace("~", "~0").replace("/", "~1");
            if (!project.vars().contains(entry.getKey())) {
                problem(
                        pointer,
                        "There is no such variable among those that dbt_project.yml declares: "
                                + String.join(", ", project.vars()) + ".");
            } else if (!isHarmless(entry.getValue())) {
                problem(
                        pointer,
                        "A variable is a number, true, false or a text of letters, digits and _.:/+@- within 200 characters.");
            } else {
                vars.put(entry.getKey(), entry.getValue());
            }
        });
        return vars;
    }

    private static boolean isHarmless(JsonNode value) {
        return value.isBoolean()
                || value.isIntegralNumber() && value.canConvertToLong()
                || value.isTextual() && VALUE.matcher(value.textValue()).matches();
    }

    private Optional<Integer> threads() {
        JsonNode value = json.path("threads");
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < 1
                || value.intValue() > MAX_THREADS) {
            problem("threads", "threads must be a whole number from 1 to " + MAX_THREADS + ".");
            return Optional.empty();
        }
        return Optional.of(value.intValue());
    }

    private Optional<String> target() {
        JsonNode value = json.path("target");
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual() || !project.targets().contains(value.textValue())) {
            problem(
                    "target",
                    "target must be one of those in profiles.yml: " + String.join(", ", project.targets()) + ".");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    private void problem(String field, String detail) {
        problems.add(new FieldProblem("#/" + field, detail));
    }
}
