package millrace.loader.clickhouse;

import static java.util.Objects.requireNonNull;

import com.clickhouse.client.api.ServerException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import millrace.contract.failure.Failure;
import millrace.contract.settings.ClickHouseSettings;

/**
 * Statements and small results over JDBC, for what is not in a load's way: the driver takes longer to start than a small
 * load takes in all.
 */
final class ClickHouseJdbc {
    private final ClickHouseSettings settings;

    ClickHouseJdbc(ClickHouseSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    /** Runs statements one after the other. */
    void execute(List<String> statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The rows of a query, each value as text. */
    List<List<String>> query(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", settings.user());
        login.setProperty("password", settings.password().value());
        if (!settings.caFile().isEmpty()) {
            login.setProperty("sslrootcert", settings.caFile());
        }
        return DriverManager.getConnection("jdbc:clickhouse:" + settings.url(), login);
    }

    private static List<String> row(ResultSet result) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        List<String> row = new ArrayList<>(columns);
        for (int column = 1; column <= columns; column++) {
            row.add(result.getString(column));
        }
        return row;
    }

    /** The server's own error where one is among the causes; otherwise it was never reached. */
    private Failure failure(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServerException server) {
                return ClickHouseFailure.of(
                        settings,
                        String.valueOf(server.getCode()),
                        server.getTransportProtocolCode(),
                        server.getMessage());
            }
        }
        return ClickHouseFailure.unreachable(settings, e);
    }
}
