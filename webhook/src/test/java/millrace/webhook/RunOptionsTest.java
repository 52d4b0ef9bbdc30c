package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may choose, and what gets through to dbt of it. */
class RunOptionsTest {
    private static final String JSON = "application/json";

    @TempDir
    static Path folder;

    private static FakeDbt dbt;
    private static Webhook webhook;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        dbt = FakeDbt.in(folder);
        Files.writeString(
                folder.resolve("project/dbt_project.yml"), "name: m\nprofile: p\nvars:\n  since: 1\n  region: x\n");
        Files.writeString(
                folder.resolve("project/profiles.yml"),
                "p:\n  target: dev\n  outputs:\n    dev: {type: x}\n    prod: {type: x}\n");
        webhook = dbt.webhook();
        client = new Client(webhook.port());
    }

    @AfterAll
    static void stop() throws Exception {
        webhook.close();
    }

    @Test
    void whatIsChosenReachesDbtWithinThePipeline() throws Exception {
        Client.Answer answer = client.post("/api/v1/runs", JSON, """
                {"pipeline":"ecommerce","command":"run","select":"stg_orders+ tag:daily","exclude":["@x"],"full_refresh":true,
                 "vars":{"since":20260101,"region":"Rio de Janeiro"},"threads":2,"target":"prod"}""");
        assertEquals(202, answer.status(), answer.body());
        Eventually.holds(
                "it has ended",
                () -> client.get(answer.header("Location")).body().contains("finished_at"));
        JsonNode run = client.get(answer.header("Location")).json();
        assertEquals("prod", run.path("target").asText());
        String call = dbt.calls().lines().reduce((first, last) -> last).orElseThrow();
        assertTrue(
                call.startsWith(
                        "run --select stg_orders+,path:models/ecommerce tag:daily,path:models/ecommerce --exclude @x"
                                + " --full-refresh --vars {\"since\":20260101,\"region\":\"Rio de Janeiro\"} --threads 2 --target prod --project-dir"),
                call);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'command':'run-operation'",
                "'command':'build; rm -rf /'",
                "'command':'clean'",
                "'command':7",
                "'select':''",
                "'select':[]",
                "'select':['--full-refresh']",
                "'select':['a','-h']",
                "'select':'state:modified'",
                "'select':'a,result:error'",
                "'select':'$(id)'",
                "'select':[7]",
                "'exclude':'a;b'",
                "'exclude':{}",
                "'full_refresh':'yes'",
                "'changed':'yes'",
                "'changed':true,'command':'test'",
                "'changed':true,'full_refresh':true",
                "'changed':true,'vars':{'since':1}",
                "'full_refresh':true,'command':'test'",
                "'vars':{'other':1}",
                "'vars':{'region':'{{ env_var(1) }}'}",
                "'vars':{'region':['x']}",
                "'vars':'since: 1'",
                "'threads':0",
                "'threads':1.5",
                "'threads':99",
                "'target':'nowhere'",
                "'target':null",
            })
    void nothingElseGetsThrough(String field) throws Exception {
        int before = Files.exists(folder.resolve("project/calls")) ? dbt.calls().length() : 0;
        Client.Answer answer =
                client.post("/api/v1/runs", JSON, ("{'pipeline':'ecommerce'," + field + "}").replace('\'', '"'));
        assertEquals(422, answer.status(), answer.body());
        assertEquals("bad_request_values", answer.json().path("code").asText());
        assertTrue(answer.json().path("errors").path(0).path("pointer").asText().startsWith("#/"), answer.body());
        assertEquals(
                before,
                Files.exists(folder.resolve("project/calls")) ? dbt.calls().length() : 0);
    }

    @Test
    void everyWrongValueIsNamedAtOnce() throws Exception {
        Client.Answer answer = client.post(
                "/webhook", JSON, "{\"pipeline\":\"ecommerce\",\"threads\":0,\"target\":\"x\",\"vars\":{\"a/b\":1}}");
        assertEquals(3, answer.json().path("errors").size());
        assertTrue(answer.body().contains("#/vars/a~1b"), answer.body());
    }
}
