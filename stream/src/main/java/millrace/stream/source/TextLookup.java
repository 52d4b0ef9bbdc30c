package millrace.stream.source;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import millrace.contract.settings.PostgresSettings;
import millrace.loader.postgres.PostgresConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.Tuple;

/**
 * Has Postgres write values as it shows them. They are sent back in the binary form in which the stream brought them, as
 * parameters of their own type, so that no type needs to be known here. Safe for use by several threads.
 */
public final class TextLookup implements AutoCloseable {
    private static final int AT_ONCE = 1000;
    private static final int FLAGS =
            QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_NO_BINARY_TRANSFER;

    private final PostgresSettings settings;
    /** Null until it is needed. */
    private PostgresConnection connection;

    public TextLookup(PostgresSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    /** A value of the type with that number, in binary form. */
    public record Value(long type, byte[] bytes) {
        public Value {
            requireNonNull(bytes, "bytes is null");
        }
    }

    /** The texts of values, in UTF-8. */
    public synchronized List<byte[]> texts(List<Value> values) {
        List<byte[]> texts = new ArrayList<>(values.size());
        try {
            if (connection == null) {
                connection = PostgresConnection.open(
                        settings, Map.of("ApplicationName", "millrace follow", "preferQueryMode", "extended"));
            }
            for (int i = 0; i < values.size(); i += AT_ONCE) {
                texts.addAll(asked(values.subList(i, Math.min(i + AT_ONCE, values.size()))));
            }
            return texts;
        } catch (SQLException e) {
            throw StreamFailure.of("writing values as text", e);
        }
    }

    private List<byte[]> asked(List<Value> values) throws SQLException {
        QueryExecutor executor = connection.sql().unwrap(BaseConnection.class).getQueryExecutor();
        String rows = IntStream.range(0, values.size())
                .mapToObj(i -> "(" + i + ", format('%s', ?))")
                .collect(Collectors.joining(", ", "VALUES ", ""));
        Query query = executor.createQuery(rows, false, true).query;
        try {
            ParameterList parameters = query.createParameterList();
            for (int i = 0; i < values.size(); i++) {
                parameters.setBinaryParameter(
                        i + 1, values.get(i).bytes(), (int) values.get(i).type());
            }
            Rows found = new Rows();
            executor.execute(query, parameters, found, 0, 0, FLAGS);
            return found.texts(values.size());
        } finally {
            query.close();
        }
    }

    private static final class Rows extends ResultHandlerBase {
        private final List<Tuple> rows = new ArrayList<>();

        @Override
        public void handleResultRows(Query query, Field[] fields, List<Tuple> found, ResultCursor cursor) {
            rows.addAll(found);
        }

        @Override
        public void handleWarning(SQLWarning warning) {
            // Values are written all the same.
        }

        List<byte[]> texts(int count) {
            byte[][] texts = new byte[count][];
            for (Tuple row : rows) {
                texts[Integer.parseInt(new String(row.get(0), StandardCharsets.US_ASCII))] = row.get(1);
            }
            return List.of(texts);
        }
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.abort();
            connection = null;
        }
    }
}
