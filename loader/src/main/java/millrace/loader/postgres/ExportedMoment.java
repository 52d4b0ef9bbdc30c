package millrace.loader.postgres;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import millrace.contract.pipeline.TableName;

/**
 * The moment of an exported snapshot. Whoever exported it has locked the tables before: a rewrite since then would read as
 * empty.
 */
record ExportedMoment(String snapshot) implements Moment {
    @Override
    public void enter(PostgresConnection connection) throws SQLException {
        connection.begin("REPEATABLE READ", "SET TRANSACTION SNAPSHOT " + Sql.literal(snapshot) + "; ");
    }

    @Override
    public List<Catalog.Relation> begin(PostgresConnection connection, Collection<TableName> tables)
            throws SQLException {
        List<Catalog.Relation> relations = new Catalog(connection.sql()).relations(tables);
        connection.lock(relations);
        return relations;
    }

    /** It is one process that reads this moment. */
    @Override
    public void confirm(PostgresConnection connection) {}
}
