package millrace.webhook.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands of dbt that a run may be. */
public enum Verb {
    BUILD(true),
    RUN(true),
    TEST(false),
    SOURCE_FRESHNESS(false),
    DOCS_GENERATE(false),
    SEED(true),
    SNAPSHOT(false);

    private final boolean takesFullRefresh;

    Verb(boolean takesFullRefresh) {
        this.takesFullRefresh = takesFullRefresh;
    }

    /** As dbt and the API spell it, such as source freshness. */
    public String spelled() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public List<String> words() {
        return List.of(spelled().split(" "));
    }

    public boolean takesFullRefresh() {
        return takesFullRefresh;
    }

    public static Optional<Verb> of(String spelled) {
        return Stream.of(values())
                .filter(verb -> verb.spelled().equals(spelled))
                .findFirst();
    }

    public static List<String> all() {
        return Stream.of(values()).map(Verb::spelled).toList();
    }
}
