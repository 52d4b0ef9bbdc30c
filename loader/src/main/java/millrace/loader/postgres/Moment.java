package millrace.loader.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import millrace.loader.plan.TableName;

/** The moment that a snapshot is of. */
interface Moment {
    /** What the connection reads of the catalogs from now on is true at this moment. */
    void enter(Connection connection) throws SQLException;

    /** Has the connection, once entered, in a transaction of this moment, with the tables locked against change of their shape. */
    List<Catalog.Relation> begin(Connection connection, Collection<TableName> tables) throws SQLException;

    /** Throws a failure when the other loads of the run can no longer read this moment. */
    void confirm(Connection connection) throws SQLException;

    /** Keeps the shape of those that can be locked, until the transaction ends. */
    static void lock(Connection connection, List<Catalog.Relation> relations) throws SQLException {
        String lockable = relations.stream()
                .filter(Catalog.Relation::canBeLocked)
                .map(relation -> Sql.quoted(relation.name()))
                .collect(Collectors.joining(", "));
        if (!lockable.isEmpty()) {
            execute(connection, "LOCK TABLE " + lockable + " IN ACCESS SHARE MODE");
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
