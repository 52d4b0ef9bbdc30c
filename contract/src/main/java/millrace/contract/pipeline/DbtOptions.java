package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

/**
 * What dbt builds after the loads.
 *
 * @param select selectors, between which there is white space
 */
public record DbtOptions(String select) {
    public DbtOptions {
        requireNonNull(select, "select is null");
    }
}
