package millrace.contract.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import millrace.contract.failure.Problems;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads files that Airflow's tests read, too: both must see the same tables, or a problem in the same line. */
class PipelineFilesTest {
    private static final Path FOLDER = Path.of("cases");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    /** The first line of a file says in JSON which tables it lists, or which line is refused. */
    @ParameterizedTest
    @MethodSource("files")
    void aFileIsReadAsItsFirstLineSays(Path file) throws IOException {
        String yaml = Files.readString(file);
        String first = yaml.substring(2, yaml.indexOf('\n'));
        Object expected = new Load(LoadSettings.builder().build()).loadFromString(first);
        Problems problems = new Problems(file.toString());
        Optional<Pipeline> pipeline = new PipelineReader(file.toString(), "", problems).read(yaml);
        Object found = problems.found().isEmpty()
                ? pipeline.map(PipelineFilesTest::tables).orElseThrow()
                : problems.found().get(0).line();
        assertEquals(expected, found, problems.found().toString());
    }

    /** In the order of the file. */
    private static List<List<String>> tables(Pipeline pipeline) {
        record Listed(int line, List<String> fields) {}
        Stream<Listed> tables = pipeline.tables().stream()
                .map(entry -> new Listed(
                        entry.line(),
                        List.of(
                                entry.source().schema(),
                                entry.source().table(),
                                entry.target().table())));
        Stream<Listed> patterns = pipeline.patterns().stream()
                .map(entry -> new Listed(
                        entry.line(),
                        List.of(
                                entry.pattern().schema().text(),
                                entry.pattern().table().text(),
                                entry.target().table(),
                                "pattern")));
        return Stream.concat(tables, patterns)
                .sorted((a, b) -> Integer.compare(a.line(), b.line()))
                .map(Listed::fields)
                .toList();
    }
}
