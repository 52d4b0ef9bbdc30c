package millrace.generator.store;

/**
 * Which part of a list is asked for; lists begin with the newest row.
 *
 * @param limit how many rows at most
 * @param before only rows with a smaller id
 */
public record Page(int limit, long before) {}
