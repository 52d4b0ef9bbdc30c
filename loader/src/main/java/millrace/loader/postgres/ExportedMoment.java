package millrace.loader.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import millrace.loader.plan.TableName;

/**
 * The moment of an exported snapshot. Whoever exported it has locked the tables before: a rewrite since then would read as
 * empty.
 */
record ExportedMoment(String snapshot) implements Moment {
    @Override
    public void enter(Connection connection) throws SQLException {
        Moment.execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        Moment.execute(connection, "SET TRANSACTION SNAPSHOT " + Sql.literal(snapshot));
    }

    @Override
    public List<Catalog.Relation> begin(Connection connection, Collection<TableName> tables) throws SQLException {
        List<Catalog.Relation> relations = new Catalog(connection).relations(tables);
        Moment.lock(connection, relations);
        return relations;
    }

    /** It is one process that reads this moment. */
    @Override
    public void confirm(Connection connection) {}
}
