package millrace.loader.kinds;

import static java.util.Objects.requireNonNull;

/**
 * One input of a kind of fault that such tools are known for, and what must come of it.
 *
 * @param name says what must be, and is unique in its list
 * @param check brings the input about in a scene of its own, and fails where something else comes of it
 */
record Kind(String name, Check check) {
    Kind {
        requireNonNull(name, "name is null");
        requireNonNull(check, "check is null");
    }

    /** What is done and expected. */
    interface Check {
        void run(Scene scene) throws Exception;
    }
}
