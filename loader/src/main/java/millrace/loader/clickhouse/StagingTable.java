package millrace.loader.clickhouse;

import millrace.loader.plan.TableName;
import millrace.loader.plan.TableSpec;
import millrace.loader.run.RowWriter;
import millrace.loader.run.Staging;

/** A table in the loader's own database that takes the target's place when it is complete. */
final class StagingTable implements Staging {
    private final ClickHouseHttp http;
    private final TableSpec table;
    private final TableName name;

    StagingTable(ClickHouseHttp http, TableSpec table, TableName name) {
        this.http = http;
        this.table = table;
        this.name = name;
    }

    void create() {
        http.query(Ddl.create(table, name));
    }

    @Override
    public void write(RowWriter rows) {
        http.insert(Ddl.insert(table, name), rows);
    }

    @Override
    public long rows() {
        return Long.parseLong(
                http.query("SELECT count() FROM " + Ddl.quoted(name)).strip());
    }

    @Override
    public void publish() {
        String target = Ddl.quoted(table.target());
        boolean replaces = http.query("EXISTS TABLE " + target).strip().equals("1");
        http.query(
                replaces
                        ? "EXCHANGE TABLES " + Ddl.quoted(name) + " AND " + target
                        : "RENAME TABLE " + Ddl.quoted(name) + " TO " + target);
    }

    /** After an exchange the name is that of the former table. */
    @Override
    public void close() {
        drop(http, name);
    }

    static void drop(ClickHouseHttp http, TableName name) {
        http.query("DROP TABLE IF EXISTS " + Ddl.quoted(name) + " SYNC");
    }
}
