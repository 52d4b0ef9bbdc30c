package millrace.loader.postgres;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import millrace.contract.pipeline.TableName;

/** The moment at which the tables are locked. */
final class PresentMoment implements Moment {
    @Override
    public void enter(PostgresConnection connection) {}

    @Override
    public void confirm(PostgresConnection connection) {}

    /** The tables are locked before the snapshot is taken: a TRUNCATE or rewrite in between would read as empty. */
    @Override
    public List<Catalog.Relation> begin(PostgresConnection connection, Collection<TableName> tables)
            throws SQLException {
        List<Catalog.Relation> relations = new Catalog(connection.sql()).relations(tables);
        connection.begin("REPEATABLE READ", Moment.lock(relations));
        return relations;
    }
}
