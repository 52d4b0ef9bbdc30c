package millrace.loader.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import millrace.loader.plan.TableName;
import millrace.loader.run.LoadRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextReportTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0    | raw.orders: 1,000 rows, 2.0 kB, 3.00 s",
                "1    | raw.orders: 1,000 rows, 1 value replaced, 2.0 kB, 3.00 s",
                "2000 | raw.orders: 1,000 rows, 2,000 values replaced, 2.0 kB, 3.00 s",
            })
    void tellsHowManyValuesWereReplaced(long replaced, String line) {
        Instant start = Instant.EPOCH;
        TableName source = new TableName("public", "orders");
        TableName target = new TableName("raw", "orders");
        LoadRecord.Outcome done = LoadRecord.Outcome.DONE;
        assertEquals(
                line,
                TextReport.load(new LoadRecord(
                        "run",
                        "shop",
                        source,
                        target,
                        "full",
                        start,
                        start.plusSeconds(3),
                        1000,
                        1000,
                        2000,
                        replaced,
                        done,
                        "")));
    }
}
