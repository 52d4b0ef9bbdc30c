package millrace.loader.kinds;

import java.util.List;

/** What the servers refuse is told as they tell it. */
final class FailureKinds {
    private FailureKinds() {}

    static List<Kind> list() {
        return List.of(new Kind("a materialized view without data is named", scene -> {
            scene.postgres("CREATE MATERIALIZED VIEW totals AS SELECT 1 AS total WITH NO DATA");
            scene.pipeline("- totals");
            scene.load().fails(1).says("has not been populated");
            scene.postgres("REFRESH MATERIALIZED VIEW totals");
            scene.load().succeeds();
        }));
    }
}
