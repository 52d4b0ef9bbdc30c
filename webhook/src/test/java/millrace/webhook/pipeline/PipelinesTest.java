package millrace.webhook.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import millrace.service.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelinesTest {
    @TempDir
    Path folder;

    private Pipelines pipelines;

    @BeforeEach
    void open() {
        pipelines = new Pipelines(folder, "shop");
    }

    @Test
    void theSelectionIsRead() throws IOException {
        write("ads", "dbt:\n  select: path:models/ads +tag:kpi\n");
        assertEquals(
                List.of("path:models/ads", "+tag:kpi"),
                pipelines.get(new PipelineName("ads")).selection().parts());
    }

    @Test
    void anUnknownPipelineNamesTheKnownOnes() throws IOException {
        write("store", "dbt: {select: a}");
        write("ads", "dbt: {select: a}");
        Refusal refusal = refused("shop");
        assertEquals(404, refusal.problem().status());
        assertEquals("Pipelines there are: ads, store.", refusal.problem().hint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aliases", "brackets", "braces", "dashes"})
    void aBombIsRefusedAndNotUnfolded(String bomb) throws IOException {
        Files.copy(Path.of("../e2e/bombs", bomb + ".yml"), folder.resolve("ads.yml"));
        assertEquals(422, refused("ads").problem().status());
        assertTrue(refused("ads").problem().detail().contains("see its line"));
    }

    @Test
    void aHugeFileIsNotRead() throws IOException {
        write("ads", "#".repeat(2 << 20));
        assertTrue(refused("ads").problem().detail().contains("1048576 bytes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tables: []",
                "dbt: {}",
                "dbt: {select: 3}",
                "dbt: {select: ''}",
                "dbt: {select: --full-refresh}",
                "dbt: {select: 'a; rm b'}",
                "- a"
            })
    void aFileThatSelectsNothingUsableIsRefused(String yaml) throws IOException {
        write("ads", yaml);
        assertEquals(422, refused("ads").problem().status());
    }

    @Test
    void brokenYamlNamesItsLine() throws IOException {
        write("ads", "pipeline: ads\ndbt: [\n");
        assertTrue(
                refused("ads").problem().detail().contains("line 3"),
                refused("ads").problem().detail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", "Ads", "1ads", "a.yml", "a-b", "a\n"})
    void aNameThatIsNoNameIsRefused(String name) {
        Refusal refusal = assertThrows(Refusal.class, () -> new PipelineName(name));
        assertEquals(400, refusal.problem().status());
    }

    private Refusal refused(String name) {
        return assertThrows(Refusal.class, () -> pipelines.get(new PipelineName(name)));
    }

    private void write(String name, String yaml) throws IOException {
        Files.writeString(folder.resolve(name + ".yml"), yaml);
    }

    @Test
    void whereNoneIsNamedTheOnlyOneIsMeantOrTheChosenOne() throws IOException {
        Files.writeString(folder.resolve("ads.yml"), "dbt: {select: path:models/ads}");
        Files.writeString(folder.resolve("ads.checks.yml"), "checks: []");
        assertEquals("ads", pipelines.usual().value());
        Files.writeString(folder.resolve("store.yml"), "dbt: {select: path:models/store}");
        Refusal refusal = assertThrows(Refusal.class, pipelines::usual);
        assertEquals("which_pipeline", refusal.problem().code());
        Files.writeString(folder.resolve("shop.yml"), "dbt: {select: path:models/shop}");
        assertEquals("shop", pipelines.usual().value());
    }
}
