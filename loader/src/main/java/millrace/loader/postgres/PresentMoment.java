package millrace.loader.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import millrace.loader.plan.TableName;

/** The moment at which the tables are locked. */
final class PresentMoment implements Moment {
    @Override
    public void enter(Connection connection) {}

    @Override
    public void confirm(Connection connection) {}

    /** The tables are locked before the snapshot is taken: a TRUNCATE or rewrite in between would read as empty. */
    @Override
    public List<Catalog.Relation> begin(Connection connection, Collection<TableName> tables) throws SQLException {
        List<Catalog.Relation> relations = new Catalog(connection).relations(tables);
        Moment.execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        Moment.lock(connection, relations);
        return relations;
    }
}
