package millrace.loader.plan;

/** How a table's rows reach the target. */
public sealed interface LoadMode {
    /** The name used in pipeline files and in the audit table. */
    String label();

    /** The whole table replaces the one before. */
    record Full() implements LoadMode {
        @Override
        public String label() {
            return "full";
        }
    }
}
