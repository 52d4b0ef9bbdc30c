package millrace.generator.ads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTest {
    @ParameterizedTest
    @CsvSource({"10000,0.08,800", "1000,0.08,80", "10,0.25,3", "7,0,0", "7,1,7", "0,0.5,0", "1000000000,0.3,300000000"})
    void clicksAreTheRateOfTheImpressions(long impressions, BigDecimal ctr, long clicks) {
        assertEquals(clicks, new Batch(1, 1, impressions, ctr).clicks());
    }
}
