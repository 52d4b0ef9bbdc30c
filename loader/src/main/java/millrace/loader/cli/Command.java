package millrace.loader.cli;

import org.apache.commons.cli.Options;

/** One of the things that the loader does: what the usage says of it, which options it takes, and how it is done. */
interface Command {
    String name();

    /** A sentence. */
    String description();

    Options options();

    /** Does it and returns the exit code of the process. */
    int run(Arguments arguments) throws Exception;
}
