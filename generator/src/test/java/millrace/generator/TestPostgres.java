package millrace.generator;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real Postgres with the pipelines' sample databases, the same for all tests of the JVM. */
public final class TestPostgres {
    private static final TestPostgres SERVER = new TestPostgres();
    private static final Path SAMPLES = Path.of("..", "postgres", "init");

    private final EmbeddedPostgres postgres;

    private TestPostgres() {
        try {
            postgres = EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TestPostgres server() {
        return SERVER;
    }

    /** A new database with a pipeline's tables and sample rows, and the variables, of this prefix, by which it is reached. */
    public Map<String, String> sample(String pipeline, String prefix, String database) throws Exception {
        run("postgres", "CREATE DATABASE " + database);
        try (Stream<Path> files = Files.list(SAMPLES.resolve(pipeline))) {
            for (Path file : files.sorted().toList()) {
                run(database, Files.readString(file));
            }
        }
        Map<String, String> variables = new HashMap<>();
        variables.put(prefix + "_HOST", "127.0.0.1");
        variables.put(prefix + "_PORT", Integer.toString(postgres.getPort()));
        variables.put(prefix + "_DB", database);
        variables.put(prefix + "_USER", "postgres");
        variables.put(prefix + "_PASSWORD", "");
        return variables;
    }

    public void run(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row, as text. */
    public String text(String database, String query) throws SQLException {
        return texts(database, query).get(0);
    }

    /** The first column of all rows, as text. */
    public List<String> texts(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            Stream.Builder<String> texts = Stream.builder();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts.build().toList();
        }
    }

    private Connection connect(String database) throws SQLException {
        return postgres.getDatabase("postgres", database).getConnection();
    }
}
