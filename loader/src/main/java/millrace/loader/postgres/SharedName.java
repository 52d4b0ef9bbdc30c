package millrace.loader.postgres;

import millrace.loader.run.RunName;

/**
 * How the connections of a run find each other: by their application_name, which pg_stat_activity shows to their role, and which
 * is gone with them. With the snapshot's id it has at most 63 bytes, more would be cut off.
 */
record SharedName(RunName run) {
    /** The connection that holds the snapshot; its id follows. */
    String holder() {
        return "millrace snapshot " + run.digest() + " ";
    }

    /** A connection that reads the snapshot; its id follows. */
    String reader() {
        return "millrace load " + run.digest() + " ";
    }

    static String rename(String name) {
        return "SET LOCAL application_name = '" + name + "'";
    }

    /** The server processes with such a name, and the snapshot's id of each. */
    static String find(String name) {
        return "SELECT pid, substr(application_name, " + (name.length() + 1) + ") FROM pg_stat_activity"
                + " WHERE datname = current_database() AND usename = session_user"
                + " AND left(application_name, " + name.length() + ") = '" + name + "'";
    }
}
