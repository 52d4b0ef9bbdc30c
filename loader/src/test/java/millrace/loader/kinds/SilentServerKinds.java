package millrace.loader.kinds;

import java.util.List;
import millrace.loader.servers.SwallowingProxy;
import millrace.loader.servers.TestClickHouse;

/** A server, or what stands before it, says "done" of rows that were refused. */
final class SilentServerKinds {
    private SilentServerKinds() {}

    static List<Kind> list() {
        return List.of(
                new Kind("rows that are missing are told with the reason in the server's log", scene -> {
                    load(scene, false, "count-mismatch", "but ClickHouse holds 0: ", "NOT_ENOUGH_SPACE");
                    scene.holds("0", "EXISTS TABLE " + scene.name() + ".orders");
                }),
                new Kind("an error that comes with status 200 is an error", scene -> {
                    load(scene, true, "clickhouse-error", "ClickHouse failed: ", "NOT_ENOUGH_SPACE");
                }));
    }

    private static void load(Scene scene, boolean passesReasonsOn, String... words) {
        scene.postgres("CREATE TABLE orders AS SELECT 1 AS id");
        scene.pipeline("- orders");
        try (SwallowingProxy proxy = new SwallowingProxy(TestClickHouse.server().port(), passesReasonsOn)) {
            scene.with("CLICKHOUSE_HTTP_PORT", "" + proxy.port())
                    .load()
                    .fails(1)
                    .says(words);
        }
    }
}
