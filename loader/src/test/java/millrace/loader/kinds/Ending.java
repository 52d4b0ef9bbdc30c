package millrace.loader.kinds;

/**
 * How a command of the loader ended.
 *
 * @param out its standard output
 * @param err its standard error
 */
record Ending(String command, int exitCode, String out, String err) {
    Ending succeeds() {
        return endsWith(0);
    }

    Ending fails(int wanted) {
        return endsWith(wanted);
    }

    private Ending endsWith(int wanted) {
        if (exitCode != wanted) {
            throw new AssertionError(command + " ended with " + exitCode + " instead of " + wanted + ": " + err + out);
        }
        return this;
    }

    /** Expects words on standard error or output. */
    Ending says(String... words) {
        for (String word : words) {
            if (!(err + out).contains(word)) {
                throw new AssertionError(command + " does not say \"" + word + "\": " + err + out);
            }
        }
        return this;
    }

    Ending saysNothingOf(String word) {
        if ((err + out).contains(word)) {
            throw new AssertionError(command + " says \"" + word + "\": " + err + out);
        }
        return this;
    }
}
