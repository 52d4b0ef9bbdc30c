package millrace.webhook.http;

import java.util.Map;

/** Figures in the text format of Prometheus 0.0.4. */
final class Exposition {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder out = new StringBuilder();

    /** Begins a figure; its samples follow. */
    Exposition gauge(String name, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ");
        out.append(name).append(" gauge\n");
        return this;
    }

    /** @param labels in the order in which they are shown */
    void sample(String name, Map<String, String> labels, double value) {
        out.append(name);
        String separator = "{";
        for (Map.Entry<String, String> label : labels.entrySet()) {
            out.append(separator).append(label.getKey()).append("=\"").append(escaped(label.getValue()));
            separator = "\",";
        }
        out.append(labels.isEmpty() ? " " : "\"} ").append(value).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
