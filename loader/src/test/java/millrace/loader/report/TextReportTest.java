package millrace.loader.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import millrace.contract.failure.Failure;
import millrace.contract.failure.Problems;
import millrace.contract.pipeline.TableName;
import millrace.loader.run.LoadRecord;
import org.junit.jupiter.api.Test;
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

    @Test
    void aFailureStaysTwoLinesWhateverTheTableHolds() {
        Failure failure = Failure.running("value", "Key x\ntime=1 event=loaded\u2028 \033[2J.", "Look\rthere.");
        assertEquals(
                "millrace: Key x\\ntime=1 event=loaded\\u2028 \\u001b[2J.\n  Look\\rthere. (value)",
                TextReport.failure(failure));
    }

    @Test
    void eachProblemOfAConfigurationStaysOneLine() {
        Problems problems = new Problems("shop.yml");
        problems.add(1, "There is no table \"a\nb\".");
        problems.add(2, "There is no table c.");
        Failure failure = assertThrows(Failure.class, problems::refuse);
        assertEquals(3, TextReport.failure(failure).lines().count());
    }
}
