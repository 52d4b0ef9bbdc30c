package millrace.generator.traffic;

/** What one step of traffic did. */
enum Change {
    INSERT,
    UPDATE,
    DELETE
}
