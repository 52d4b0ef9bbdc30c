package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import millrace.loader.servers.Loader;
import millrace.loader.servers.TestCertificate;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestTlsProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both servers over TLS: it works, and a server that is not the right one gets nothing. */
@Tag("integration")
class TlsIT {
    @TempDir
    static Path folder;

    private static TestCertificate here;
    private static TestCertificate elsewhere;
    private static TestCertificate client;
    private static EmbeddedPostgres postgres;
    private static TestTlsProxy clickhouse;

    @BeforeAll
    static void start() throws IOException, SQLException {
        here = new TestCertificate(folder, "here", "ip:127.0.0.1");
        elsewhere = new TestCertificate(folder, "elsewhere", "dns:elsewhere.example");
        client = new TestCertificate(folder, "certified", "dns:client.example");
        Path access = Files.writeString(folder.resolve("pg_hba.conf"), """
                hostssl all certified 127.0.0.1/32 cert
                hostssl all encrypted 127.0.0.1/32 trust
                host all postgres 127.0.0.1/32 trust
                """);
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", here.certificate().toString())
                .setServerConfig("ssl_key_file", here.key().toString())
                .setServerConfig("ssl_ca_file", client.certificate().toString())
                .setServerConfig("hba_file", access.toString())
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE certified LOGIN SUPERUSER");
            statement.execute("CREATE ROLE encrypted LOGIN SUPERUSER");
            statement.execute("CREATE TABLE tls AS SELECT i FROM generate_series(1, 300000) i");
        }
        clickhouse = new TestTlsProxy(here, TestClickHouse.server().port());
    }

    @AfterAll
    static void stop() throws IOException {
        clickhouse.close();
        postgres.close();
    }

    /** @param user the one called encrypted may not come without TLS */
    private static Loader loader(String user, String mode) {
        return new Loader("public", "- tls")
                .with("POSTGRES_PORT", "" + postgres.getPort())
                .with("POSTGRES_USER", user)
                .with("POSTGRES_SSLMODE", mode);
    }

    private static void refused(Loader loader, String command, String code, String sentence) {
        Loader.Result result = loader.run(command);
        assertEquals(2, result.exitCode(), result.err());
        assertTrue(result.err().contains("(" + code + ")"), result.err());
        assertTrue(result.err().contains(sentence), result.err());
    }

    @Test
    void postgresIsReachedOverTls() {
        Loader plain = loader("encrypted", "disable");
        assertTrue(
                plain.run("plan").err().contains("no encryption"),
                plain.run("plan").err());
        assertEquals(0, loader("encrypted", "").run("plan").exitCode());
        loader("encrypted", "require").load();
        loader("encrypted", "")
                .with("POSTGRES_SSLROOTCERT", here.certificate().toString())
                .load();
        assertEquals("300000", TestClickHouse.server().query("SELECT count() FROM raw.tls"));
    }

    @Test
    void postgresKnowsTheLoaderByItsCertificate() {
        Loader loader = loader("certified", "require");
        assertEquals(2, loader.run("plan").exitCode());
        Loader.Result plan = loader.with(
                        "POSTGRES_SSLCERT", client.certificate().toString())
                .with("POSTGRES_SSLKEY", client.key().toString())
                .run("plan");
        assertEquals(0, plan.exitCode(), plan.err());
    }

    @Test
    void aWrongPostgresIsRefused() {
        Loader wrongAuthority = loader("postgres", "verify-ca")
                .with("POSTGRES_SSLROOTCERT", elsewhere.certificate().toString());
        refused(wrongAuthority, "plan", "postgres-tls", "as POSTGRES_SSLMODE=verify-ca asks for: ");
        Loader wrongHost = loader("postgres", "")
                .with("POSTGRES_SSLROOTCERT", here.certificate().toString())
                .with("POSTGRES_HOST", "localhost");
        refused(wrongHost, "plan", "postgres-tls", "localhost");
        wrongHost.with("POSTGRES_SSLMODE", "verify-ca");
        assertEquals(0, wrongHost.run("plan").exitCode());
    }

    @Test
    void aPostgresWithoutTlsIsRefusedWhereTlsIsAskedFor() {
        Loader plain = new Loader("public", "- tls").with("POSTGRES_SSLMODE", "require");
        refused(plain, "plan", "postgres-tls", "The server does not support SSL.");
        plain.with("POSTGRES_SSLMODE", "always");
        assertTrue(plain.run("plan").err().contains("POSTGRES_SSLMODE must be one of disable, prefer, require"));
    }

    private static Loader toClickHouse(int port, TestCertificate trusted) {
        return loader("postgres", "")
                .with("CLICKHOUSE_HTTP_PORT", "" + port)
                .with("CLICKHOUSE_CA_FILE", trusted.certificate().toString());
    }

    @Test
    void clickHouseIsReachedOverTls() {
        Loader loader = toClickHouse(clickhouse.port(), here);
        assertEquals(0, loader.run("init").exitCode());
        loader.load();
        Loader.Result verified = loader.run("verify");
        assertEquals(0, verified.exitCode(), verified.err());
        Loader byUrl = new Loader("public", "- tls")
                .with("CLICKHOUSE_CA_FILE", here.certificate().toString());
        assertEquals(
                0,
                byUrl.runAlone("init", "--target", "https://127.0.0.1:" + clickhouse.port())
                        .exitCode());
    }

    @Test
    void aWrongClickHouseIsRefused() {
        try (TestTlsProxy other =
                new TestTlsProxy(elsewhere, TestClickHouse.server().port())) {
            for (String command : new String[] {"init", "load"}) {
                String start = "There is no trusted connection to ClickHouse at 127.0.0.1:";
                refused(toClickHouse(clickhouse.port(), elsewhere), command, "clickhouse-tls", start);
                refused(toClickHouse(other.port(), elsewhere), command, "clickhouse-tls", start);
                Loader withoutFile = loader("postgres", "")
                        .with("CLICKHOUSE_SECURE", "true")
                        .with("CLICKHOUSE_HTTP_PORT", "" + clickhouse.port());
                refused(withoutFile, command, "clickhouse-tls", start);
            }
        }
    }

    @Test
    void aPortWithoutTlsIsNamed() {
        refused(
                toClickHouse(TestClickHouse.server().port(), here),
                "load",
                "clickhouse-tls",
                "Is this the port for TLS?");
        Loader plain = loader("postgres", "").with("CLICKHOUSE_HTTP_PORT", "" + clickhouse.port());
        Loader.Result result = plain.run("load", "--retries", "0");
        assertEquals(3, result.exitCode(), result.err());
        assertTrue(result.err().contains("closed one without an answer"), result.err());
        assertTrue(result.err().contains("set CLICKHOUSE_SECURE=true"), result.err());
    }

    /** It would double the time that a small load takes. */
    @Test
    void nothingOfTlsIsLoadedWhereItIsNotUsed() throws Exception {
        Path classes = folder.resolve("classes");
        Loader plain = new Loader("public", "- tls").with("POSTGRES_PORT", "" + postgres.getPort());
        Process process = plain.with("POSTGRES_SSLMODE", "disable")
                .start(List.of("-Xshare:off", "-Xlog:class+load:file=" + classes), "load");
        assertEquals(0, process.waitFor());
        List<String> loaded = Files.readAllLines(classes);
        assertTrue(loaded.stream().anyMatch(line -> line.contains("millrace.loader.clickhouse.ClickHouseHttp")));
        assertEquals(
                List.of(),
                loaded.stream()
                        .filter(line -> line.matches(".* sun\\.security\\.(ssl|x509|validator)\\..*|.*ClickHouseTls.*"))
                        .toList());
    }

    @Test
    void aFileWithoutCertificatesIsNamed() {
        Loader loader = toClickHouse(clickhouse.port(), here)
                .with("CLICKHOUSE_CA_FILE", here.key().toString());
        refused(loader, "load", "bad-certificate-file", here.key() + " holds no certificates");
        loader.with("CLICKHOUSE_CA_FILE", "/nowhere");
        assertTrue(
                loader.run("load").err().contains("The file that CLICKHOUSE_CA_FILE names, /nowhere, cannot be read."));
    }
}
