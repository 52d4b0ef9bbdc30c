package millrace.loader.codec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TypeTableTest {
    @Test
    void standsInTheReadmeAsTheCodeHasIt() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertTrue(readme.contains(TypeTable.markdown()), () -> "README.md must contain\n" + TypeTable.markdown());
        assertTrue(readme.contains(TypeTable.overrides()), () -> "README.md must contain\n" + TypeTable.overrides());
    }
}
