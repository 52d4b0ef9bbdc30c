package millrace.contract.cli;

import org.apache.commons.cli.Options;

/** One of the things that a program does: what the usage says of it, which options it takes, and how it is done. */
public interface Command {
    String name();

    /** A sentence. */
    String description();

    Options options();

    /** Does it and returns the exit code of the process. */
    int run(Arguments arguments) throws Exception;
}
