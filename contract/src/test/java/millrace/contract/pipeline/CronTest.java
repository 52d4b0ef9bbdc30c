package millrace.contract.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Takes what Airflow takes; what it would not run is told with the rest of a file. */
class CronTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * * *",
                "*/15 9-17 * * mon-fri",
                "0 22-6 1,15 JAN/2 7",
                "05 0 L * *",
                "0 0 15W * ?",
                "0 0 ? * 1#1",
                "0 0 * * sat#3,L5"
            })
    void expressions(String text) {
        assertEquals(true, Cron.isExpression(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "daily",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "*/0 * * * *",
                "? * * * *",
                "1,,2 * * * *",
                "0 0 * * monday",
                "0 0 0 * *",
                "0 0 * * 1#6",
                "0 0 L-3 * *"
            })
    void others(String text) {
        assertEquals(false, Cron.isExpression(text));
    }
}
