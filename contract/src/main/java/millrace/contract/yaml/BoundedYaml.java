package millrace.contract.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * The events of a file of YAML that is no bomb: one that unfolds by aliases of aliases, or is nested deeper than the reader can
 * call itself, is refused where that begins. DAGs are read within the same limits.
 */
public final class BoundedYaml implements Parser {
    /** The most bytes that a file may have. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int DEEPEST = 50;
    private static final int MAX_ALIASES = 50;

    private final Parser parser;
    private int depth;
    private int aliases;

    private BoundedYaml(Parser parser) {
        this.parser = parser;
    }

    /**
     * The file's node, empty for an empty file.
     *
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when it is not YAML, or more than it may be
     */
    public static Optional<Node> compose(String yaml, LoadSettings settings) {
        Parser parser = new ParserImpl(settings, new StreamReader(settings, yaml));
        return new Composer(settings, new BoundedYaml(parser)).getSingleNode();
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        switch (event.getEventId()) {
            case SequenceStart, MappingStart ->
                refuse(++depth > DEEPEST, "nested more than " + DEEPEST + " deep", event);
            case SequenceEnd, MappingEnd -> depth--;
            case Alias -> refuse(++aliases > MAX_ALIASES, "more than " + MAX_ALIASES + " aliases", event);
            default -> {}
        }
        return event;
    }

    private static void refuse(boolean tooMuch, String what, Event event) {
        if (tooMuch) {
            throw new ParserException(what, event.getStartMark());
        }
    }
}
