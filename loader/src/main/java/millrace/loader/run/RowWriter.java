package millrace.loader.run;

import java.io.IOException;
import java.io.OutputStream;

/** Writes blocks in ClickHouse's Native format. */
@FunctionalInterface
public interface RowWriter {
    void writeTo(OutputStream out) throws IOException;
}
