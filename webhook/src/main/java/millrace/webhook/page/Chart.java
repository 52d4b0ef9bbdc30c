package millrace.webhook.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Small pictures of numbers, as SVG within the page. */
final class Chart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 150;

    /**
     * A value to draw.
     *
     * @param label what stands there when somebody points at it
     * @param isGood whether it is drawn as one that went well
     */
    record Point(double value, String label, boolean isGood) {}

    private Chart() {}

    /** A line without axes, to see at a glance how something has gone; empty for less than two values. */
    static Html spark(List<Double> values, String what) {
        if (values.size() < 2) {
            return Html.NONE;
        }
        double most = Math.max(1e-9, values.stream().mapToDouble(it -> it).max().orElse(1));
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            line.append(number(2 + 86.0 * i / (values.size() - 1)))
                    .append(',')
                    .append(number(20 - 17 * values.get(i) / most))
                    .append(' ');
        }
        String first = line.substring(0, line.indexOf(","));
        return Html.of(
                "<svg class=\"spark\" viewBox=\"0 0 90 22\" role=\"img\" aria-label=\"{}\">"
                        + "<polygon class=\"area\" points=\"{},21 {}88,21\"/><polyline points=\"{}\"/></svg>",
                what,
                first,
                line,
                line.toString().strip());
    }

    /** Bars over time, the oldest first, with the most and the last value written beside them. */
    static Html bars(List<Point> points, String what, String most) {
        if (points.isEmpty()) {
            return Html.of("<p class=\"quiet\">Nothing yet.</p>");
        }
        double top =
                Math.max(1e-9, points.stream().mapToDouble(Point::value).max().orElse(1));
        double step = (double) WIDTH / Math.max(points.size(), 12);
        List<Html> bars = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            double height = Math.max(2, (HEIGHT - 22) * point.value() / top);
            bars.add(Html.of(
                    "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"1.5\"><title>{}</title></rect>",
                    point.isGood() ? "bar" : "bar bad",
                    number(step * i + step * 0.12),
                    number(HEIGHT - height),
                    number(step * 0.76),
                    number(height),
                    point.label()));
        }
        return Html.of(
                "<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">"
                        + "<line class=\"grid\" x1=\"0\" x2=\"{}\" y1=\"22\" y2=\"22\"/>"
                        + "<text x=\"0\" y=\"15\">{}</text>{}<line class=\"axis\" x1=\"0\" x2=\"{}\" y1=\"{}\" y2=\"{}\"/></svg>",
                WIDTH,
                HEIGHT + 1,
                what,
                WIDTH,
                most,
                bars,
                WIDTH,
                HEIGHT,
                HEIGHT);
    }

    static String number(double number) {
        return String.format(Locale.ENGLISH, "%.1f", number);
    }
}
