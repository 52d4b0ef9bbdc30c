package millrace.service;

/**
 * Something wrong with one value of a request.
 *
 * @param pointer where the value is, as a JSON pointer (RFC 6901) behind a `#`, or the name of a query parameter
 * @param detail what is wrong, a sentence
 */
public record FieldProblem(String pointer, String detail) {}
