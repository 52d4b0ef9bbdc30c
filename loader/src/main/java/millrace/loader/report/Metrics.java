package millrace.loader.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import millrace.loader.run.LoadRecord;

/**
 * The last run in Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format.
 * All lines of a metric stand together, and every line ends with a line feed.
 */
final class Metrics {
    private static final String LOADED_AT = "millrace_load_last_success_timestamp_seconds";
    private static final String RUN_AT = "millrace_run_last_success_timestamp_seconds";
    private static final Pattern SAMPLE =
            Pattern.compile("(" + LOADED_AT + "|" + RUN_AT + ")(\\{.*\\}) (\\S+)", Pattern.DOTALL);

    private final StringBuilder out = new StringBuilder();
    private final Map<String, String> former;

    private Metrics(Map<String, String> former) {
        this.former = former;
    }

    /**
     * Writes down a run.
     *
     * @param loads empty when it failed before its tables were known
     * @param former what this wrote the time before, for the moments of the last success; may be empty
     */
    static String of(
            String pipeline, List<LoadRecord> loads, boolean success, double seconds, double now, String former) {
        Metrics metrics = new Metrics(successes(former));
        metrics.loads(loads, now);
        metrics.run(labels("pipeline", pipeline), success, seconds, now);
        return metrics.out.toString();
    }

    /** The moments of success by metric and labels, as they are written. */
    private static Map<String, String> successes(String text) {
        Map<String, String> successes = new LinkedHashMap<>();
        Arrays.stream(text.split("\n"))
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .forEach(sample -> {
                    successes.put(sample.group(1) + sample.group(2), sample.group(3));
                });
        return successes;
    }

    private void loads(List<LoadRecord> loads, double now) {
        each(
                loads,
                "millrace_load_success",
                "1 if the last load of the table succeeded.",
                load -> isDone(load) ? "1" : "0");
        each(loads, "millrace_load_rows", "Rows published by the last load.", load -> Long.toString(load.rows()));
        each(loads, "millrace_load_bytes", "Bytes copied by the last load.", load -> Long.toString(load.bytes()));
        each(
                loads,
                "millrace_load_replaced_values",
                "Values that did not fit and became NULL, empty or text.",
                load -> Long.toString(load.replaced()));
        each(loads, "millrace_load_duration_seconds", "How long the last load took.", load -> number(load.seconds()));
        head(LOADED_AT, "When a load of the table last succeeded.");
        for (LoadRecord load : loads) {
            String labels = labels(load);
            String at = isDone(load) ? number(now) : former.get(LOADED_AT + labels);
            if (at != null) {
                sample(LOADED_AT, labels, at);
            }
        }
        if (loads.isEmpty()) {
            former.forEach((sample, at) -> {
                if (sample.startsWith(LOADED_AT)) {
                    sample(sample, "", at);
                }
            });
        }
    }

    private void run(String labels, boolean success, double seconds, double now) {
        one("millrace_run_success", "1 if the last run succeeded.", labels, success ? "1" : "0");
        one("millrace_run_duration_seconds", "How long the last run took.", labels, number(seconds));
        one("millrace_run_timestamp_seconds", "When the last run ended.", labels, number(now));
        String at = success ? number(now) : former.get(RUN_AT + labels);
        if (at != null) {
            one(RUN_AT, "When a run last succeeded.", labels, at);
        }
    }

    private void each(List<LoadRecord> loads, String name, String help, Function<LoadRecord, String> value) {
        if (!loads.isEmpty()) {
            head(name, help);
            loads.forEach(load -> sample(name, labels(load), value.apply(load)));
        }
    }

    private void one(String name, String help, String labels, String value) {
        head(name, help);
        sample(name, labels, value);
    }

    private void head(String name, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(" gauge\n");
    }

    private void sample(String name, String labels, String value) {
        out.append(name).append(labels).append(' ').append(value).append('\n');
    }

    private static boolean isDone(LoadRecord load) {
        return load.outcome() == LoadRecord.Outcome.DONE;
    }

    private static String labels(LoadRecord load) {
        return labels("pipeline", load.pipeline(), "table", load.target().toString());
    }

    private static String labels(String... pairs) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            labels.append(i == 0 ? "{" : ",")
                    .append(pairs[i])
                    .append("=\"")
                    .append(escaped(pairs[i + 1]))
                    .append('"');
        }
        return labels.append('}').toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
