package millrace.webhook.page;

import static java.util.Objects.requireNonNull;

import org.eclipse.jetty.util.StringUtil;

/**
 * A piece of a page. What is put into a template is escaped unless it is a piece itself.
 *
 * @param text as browsers read it
 */
public record Html(String text) {
    public static final Html NONE = new Html("");
    private static final String HOLE = "{}";

    public Html {
        requireNonNull(text, "text is null");
    }

    /**
     * Fills the holes of a template, in their order.
     *
     * @param template HTML with a {} for each value, within an element or a quoted attribute
     * @param values pieces, lists of them, or anything else as plain text
     */
    public static Html of(String template, Object... values) {
        StringBuilder html = new StringBuilder(template.length() + 64);
        int at = 0;
        for (Object value : values) {
            int hole = template.indexOf(HOLE, at);
            html.append(template, at, hole);
            append(html, value);
            at = hole + HOLE.length();
        }
        if (template.indexOf(HOLE, at) >= 0) {
            throw new IllegalArgumentException("a hole of the template is left");
        }
        return new Html(html.append(template, at, template.length()).toString());
    }

    private static void append(StringBuilder html, Object value) {
        switch (value) {
            case Html piece -> html.append(piece.text);
            case Iterable<?> all -> all.forEach(each -> append(html, each));
            default -> html.append(StringUtil.sanitizeXmlString(value.toString()));
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
