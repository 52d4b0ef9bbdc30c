package millrace.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void furtherMembersStandBesideTheUsualOnes() {
        Problem problem = Problem.of(409, "run_active", "A run is active", "Run 7 is active.", "Wait for its end.")
                .with(Map.of("run_id", 7));
        assertEquals(
                "{\"type\":\"urn:millrace:problem:run_active\",\"title\":\"A run is active\",\"status\":409,"
                        + "\"detail\":\"Run 7 is active.\",\"code\":\"run_active\",\"hint\":\"Wait for its end.\",\"run_id\":7}\n",
                new String(Json.write(problem), StandardCharsets.UTF_8));
    }

    @Test
    void oneWrongValueIsTheDetail() {
        FieldProblem wrong = new FieldProblem("#/limit", "limit must be a number.");
        assertEquals(
                "limit must be a number.",
                Problem.ofValues(400, "bad-query", "Not understood", "See /docs.", List.of(wrong))
                        .detail());
    }
}
