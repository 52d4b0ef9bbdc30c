package millrace.loader.kinds;

import java.util.stream.Stream;
import millrace.loader.servers.Loader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Kinds of faults found in the field, tried on the built loader, a real Postgres and the embedded ClickHouse server. */
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT)
class KindsIT {
    @BeforeAll
    static void initialise() {
        new Loader("public", "- none");
    }

    @TestFactory
    Stream<DynamicNode> kinds() {
        return AllKinds.lists().entrySet().stream()
                .map(list -> DynamicContainer.dynamicContainer(
                        list.getKey(), list.getValue().stream().map(kind -> test(list.getKey(), kind))));
    }

    private static DynamicTest test(String list, Kind kind) {
        return DynamicTest.dynamicTest(kind.name(), () -> {
            try (Scene scene = new Scene(list)) {
                kind.check().run(scene);
            }
        });
    }
}
