package millrace.loader.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import millrace.contract.pipeline.TableName;

/** The moment that a snapshot is of. */
interface Moment {
    /** What the connection reads of the catalogs from now on is true at this moment. */
    void enter(PostgresConnection connection) throws SQLException;

    /** Has the connection, once entered, in a transaction of this moment, with the tables locked against change of their shape. */
    List<Catalog.Relation> begin(PostgresConnection connection, Collection<TableName> tables) throws SQLException;

    /** Throws a failure when the other loads of the run can no longer read this moment. */
    void confirm(PostgresConnection connection) throws SQLException;

    /** The statement that keeps the shape of those that can be locked until the transaction ends; empty when none can. */
    static String lock(Collection<Catalog.Relation> relations) {
        String lockable = relations.stream()
                .filter(Catalog.Relation::canBeLocked)
                .map(relation -> Sql.quoted(relation.name()))
                .collect(Collectors.joining(", "));
        return lockable.isEmpty() ? "" : "LOCK TABLE " + lockable + " IN ACCESS SHARE MODE; ";
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
