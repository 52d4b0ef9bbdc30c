package millrace.generator.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import millrace.generator.Generator;
import millrace.generator.Generator.Outcome;
import millrace.generator.TestPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("integration")
class TrafficIT {
    private static final TestPostgres POSTGRES = TestPostgres.server();

    @ParameterizedTest
    @EnumSource(Source.class)
    void theSameSeedMakesTheSameChanges(Source source) throws Exception {
        String changes = run(source, "a");
        assertEquals(changes, run(source, "b"));
        assertNotEquals("Changes: insert=0, update=0, delete=0\n", changes);
    }

    private static String run(Source source, String copy) throws Exception {
        Map<String, String> variables =
                POSTGRES.sample(source.pipeline(), source.env(), "traffic_" + source.pipeline() + "_" + copy);
        if (source.pipeline().equals("ads")) {
            Outcome filled = Generator.run(
                    variables, "batch", "--advertisers", "2", "--campaigns", "2", "--impressions", "5", "--ctr", "0.2");
            assertEquals(0, filled.code(), filled.err());
        }
        Outcome outcome = Generator.run(
                variables,
                "traffic",
                "--pipeline",
                source.pipeline(),
                "--rate",
                "300",
                "--seconds",
                "1",
                "--seed",
                "3");
        assertEquals(0, outcome.code(), outcome.err());
        return outcome.out();
    }
}
