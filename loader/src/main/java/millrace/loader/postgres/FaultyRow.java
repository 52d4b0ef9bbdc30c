package millrace.loader.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TableSpec;

/** Looks for the value that Postgres could not send: its text asked for again, row by row and column by column. */
record FaultyRow(TableSpec table, Slice slice) {
    private static final String FOUND = "MR001";

    /** Which column of which row it is, as a part of a sentence; empty when no single value is at fault, as in some views. */
    Optional<String> find(PostgresConnection connection) {
        try {
            connection.begin("READ COMMITTED", "");
            Moment.execute(connection.sql(), "SET LOCAL statement_timeout = '60s'");
            Moment.execute(connection.sql(), "DO " + Sql.literal(search()));
            return Optional.empty();
        } catch (SQLException e) {
            ServerWords words = ServerWords.of(e);
            if (!words.state().equals(FOUND)) {
                return Optional.empty();
            }
            String[] found = words.message().split(" ", 2);
            ColumnSpec column = table.columns().get(Integer.parseInt(found[0]));
            return Optional.of("column " + column.name() + " of the row " + found[1]);
        }
    }

    private String search() {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < table.columns().size(); i++) {
            columns.append("at := ")
                    .append(i)
                    .append("; PERFORM convert_to(format('%s', r.")
                    .append(Sql.quoted(table.columns().get(i).name()))
                    .append("), 'UTF8'); ");
        }
        return "DECLARE r record; at int; n bigint := 0; BEGIN FOR r IN SELECT * FROM " + Sql.quoted(table.source())
                + Sql.where(table, slice) + " LOOP n := n + 1; BEGIN " + columns
                + "EXCEPTION WHEN OTHERS THEN RAISE EXCEPTION USING ERRCODE = '" + FOUND
                + "', MESSAGE = concat(at, ' ', "
                + key() + "); END; END LOOP; END";
    }

    /** The key as plain ASCII, as the error travels in an encoding that it may not have. */
    private String key() {
        List<Integer> positions = table.keyPositions();
        return positions.isEmpty()
                ? "'number ', n"
                : positions.stream()
                        .map(position -> table.columns().get(position).name())
                        .map(name -> Sql.literal(name.replaceAll("[^ -~]", "?") + " = ")
                                + ", encode(convert_to(format('%s', r." + Sql.quoted(name)
                                + "), getdatabaseencoding()), 'escape')")
                        .collect(Collectors.joining(", ', ', "));
    }
}
