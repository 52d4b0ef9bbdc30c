package millrace.webhook.page;

import millrace.webhook.run.NodeResult;
import millrace.webhook.run.Run;

/** A state in a word and a colour. */
final class Pill {
    private Pill() {}

    static Html good(String word) {
        return pill("good", word);
    }

    static Html bad(String word) {
        return pill("bad", word);
    }

    static Html busy(String word) {
        return pill("busy", word);
    }

    static Html quiet(String word) {
        return pill("quiet", word);
    }

    static Html of(Run run) {
        String word = run.state().word();
        return switch (run.state()) {
            case SUCCESS -> good(word);
            case FAILED -> bad(word);
            case RUNNING -> busy(word);
            case QUEUED, CANCELLED -> quiet(word);
        };
    }

    static Html of(NodeResult node) {
        return switch (node.verdict()) {
            case PASS -> good(node.status());
            case WARN -> busy(node.status());
            case ERROR -> bad(node.status());
            case SKIP, NO_OP -> quiet(node.status());
        };
    }

    private static Html pill(String kind, String word) {
        return Html.of("<span class=\"pill {}\">{}</span>", kind, word);
    }
}
