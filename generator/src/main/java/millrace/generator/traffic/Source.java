package millrace.generator.traffic;

import java.util.Arrays;
import java.util.Optional;

/** The sources that have traffic, by the names of their pipelines. */
public enum Source {
    ECOMMERCE("ecommerce", "POSTGRES", new EcommerceTraffic()),
    STORE("store", "STORE", new StoreTraffic()),
    ADS("ads", "ADS", new AdsTraffic()),
    NORTHWIND("northwind", "NORTHWIND", new NorthwindTraffic());

    private final String pipeline;
    private final String env;
    private final Traffic traffic;

    Source(String pipeline, String env, Traffic traffic) {
        this.pipeline = pipeline;
        this.env = env;
        this.traffic = traffic;
    }

    public static Optional<Source> of(String pipeline) {
        return Arrays.stream(values())
                .filter(source -> source.pipeline.equals(pipeline))
                .findFirst();
    }

    public String pipeline() {
        return pipeline;
    }

    /** The prefix of the environment variables that lead to the source. */
    public String env() {
        return env;
    }

    Traffic traffic() {
        return traffic;
    }
}
