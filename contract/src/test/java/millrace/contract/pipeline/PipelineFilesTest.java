package millrace.contract.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import millrace.contract.failure.Problem;
import millrace.contract.failure.Problems;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads files that the Python reader's tests read, too: both must make the same of them, or see the same problems. */
class PipelineFilesTest {
    private static final Path FOLDER = Path.of("cases");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsReadAsTheOneBesideItSays(Path file) throws IOException {
        Path json = file.resolveSibling(file.getFileName().toString().replace(".yml", ".json"));
        Object expected = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(json));
        Problems problems = new Problems(file.toString());
        Optional<Pipeline> pipeline = new PipelineReader(file.toString(), "", problems).read(Files.readString(file));
        Object found = problems.found().isEmpty()
                ? pipeline.map(Resolved::of).orElseThrow()
                : Map.of("problems", problems(problems.found()));
        assertEquals(expected, found, problems.found().toString());
    }

    private static List<Map<String, Object>> problems(List<Problem> found) {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparing(Problem::code))
                .map(problem -> Map.<String, Object>of("line", problem.line(), "code", problem.code()))
                .toList();
    }
}
