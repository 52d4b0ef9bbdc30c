package millrace.generator.cli;

import org.apache.commons.cli.Options;

/** One of the things that the generator does: what the usage says of it, which options it takes, and how it is done. */
interface Command {
    String name();

    /** A sentence. */
    String description();

    Options options();

    /** Does it; returns when it is done. */
    void run(Arguments arguments, Console console) throws Exception;
}
