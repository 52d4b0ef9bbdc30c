package millrace.stream.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.clickhouse.Ddl;
import millrace.stream.source.Obstacle;
import millrace.stream.source.ServerCheck;
import millrace.stream.source.SourceDatabase;
import millrace.stream.source.TableCheck;
import millrace.stream.source.TableShape;

/** Everything that keeps a pipeline from being followed, at once. */
public final class Obstacles {
    private Obstacles() {}

    /** What keeps the source from being followed at all. */
    static List<Obstacle> ofServer(Setup setup, SourceDatabase database, List<TableEntry> entries) {
        List<TableName> sources = entries.stream().map(TableEntry::source).toList();
        return new ServerCheck(database, setup.options()).obstaclesOfServer(sources);
    }

    /** All of that, and what is in the way of these tables. */
    public static List<Obstacle> of(
            Setup setup, SourceDatabase database, ClickHouseHttp http, List<TableEntry> entries) {
        List<TableName> sources = entries.stream().map(TableEntry::source).toList();
        Map<TableName, TableShape> shapes = database.shapes(sources);
        List<Obstacle> found = new ArrayList<>(new ServerCheck(database, setup.options()).obstacles(sources));
        Conditions conditions = new Conditions(setup.entries());
        entries.forEach(entry -> found.addAll(conditions.obstacles(entry)));
        entries.forEach(
                entry -> found.addAll(TableCheck.obstacles(entry, Optional.ofNullable(shapes.get(entry.source())))));
        if (!setup.target().cluster().isEmpty()) {
            found.add(new Obstacle("A ClickHouse cluster cannot be followed into yet: leave "
                    + setup.target().env() + "_CLUSTER out."));
        }
        found.addAll(tablesInTheWay(entries, http));
        return found;
    }

    /** A table that was loaded stands where readers are to see the changes; it may be somebody's only copy. */
    private static List<Obstacle> tablesInTheWay(Collection<TableEntry> entries, ClickHouseHttp http) {
        String wanted = entries.stream()
                .map(entry -> "(" + Ddl.literal(entry.target().schema()) + ", "
                        + Ddl.literal(entry.target().table()) + ")")
                .collect(Collectors.joining(", "));
        return http.query("SELECT database, name FROM system.tables WHERE (database, name) IN (" + wanted
                        + ") AND engine <> 'View' ORDER BY ALL FORMAT TSVRaw")
                .lines()
                .map(line -> line.split("\t"))
                .map(fields -> new TableName(fields[0], fields[1]))
                .map(name -> new Obstacle(
                        "ClickHouse has a table " + name + ", where there is to be a view of the changes.",
                        "DROP TABLE " + Ddl.quoted(name) + ";"))
                .toList();
    }

    /** @throws Failure when there are some */
    public static void refuse(List<Obstacle> found) {
        if (found.isEmpty()) {
            return;
        }
        String sentences = found.stream()
                .map(obstacle -> obstacle.sentence() + (obstacle.sql().isEmpty() ? "" : "\n    " + obstacle.sql()))
                .collect(Collectors.joining("\n"));
        throw Failure.configuration(
                "cannot-follow", sentences, "Remove what is in the way, then \"follow check\" again.");
    }
}
