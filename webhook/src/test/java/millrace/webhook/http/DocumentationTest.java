package millrace.webhook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import millrace.service.Json;
import millrace.webhook.run.RunState;
import millrace.webhook.run.Verb;
import millrace.webhook.security.Scope;
import org.junit.jupiter.api.Test;

/** The OpenAPI document says what the code does. */
class DocumentationTest {
    private static final JsonNode DOCUMENT = read();

    private static JsonNode read() {
        try (var in = App.class.getResourceAsStream("openapi.json")) {
            return Json.readTree(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode schema(String name) {
        return DOCUMENT.at("/components/schemas/" + name);
    }

    private static List<String> values(JsonNode schema) {
        List<String> values = new ArrayList<>();
        schema.path("enum").forEach(value -> values.add(value.asText()));
        return values;
    }

    @Test
    void aRunMayChooseWhatIsDocumented() {
        Set<String> documented = new TreeSet<>();
        schema("RunRequest").path("properties").fieldNames().forEachRemaining(documented::add);
        assertEquals(new TreeSet<>(OptionsReader.FIELDS), documented);
        assertEquals(Set.copyOf(Verb.all()), Set.copyOf(values(schema("Command"))));
    }

    @Test
    void statesAndScopesAreThoseThereAre() {
        assertEquals(Stream.of(RunState.values()).map(RunState::word).toList(), values(schema("State")));
        assertEquals(Stream.of(Scope.values()).map(Scope::word).toList(), values(schema("Scope")));
    }

    @Test
    void theScopeOfEachEndpointIsThatWhichIsChecked() {
        DOCUMENT.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode operation = method.getValue();
                    if (operation.has("operationId") && !path.getKey().startsWith("/health")) {
                        Scope needed = Guard.needed(method.getKey().toUpperCase(Locale.ROOT), path.getKey());
                        assertTrue(
                                operation.path("description").asText().startsWith("Scope: " + needed.word() + "."),
                                operation.path("operationId").asText());
                        assertNotEquals(
                                true, operation.path("responses").path("401").isMissingNode());
                    }
                }));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        DOCUMENT.findValues("$ref")
                .forEach(reference ->
                        assertTrue(!DOCUMENT.at(reference.asText().substring(1)).isMissingNode(), reference.asText()));
    }
}
