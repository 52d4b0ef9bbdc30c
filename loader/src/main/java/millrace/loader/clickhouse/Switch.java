package millrace.loader.clickhouse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import millrace.contract.pipeline.TableName;

/**
 * Has complete tables take the places of their targets. Each does so in one step; one statement names many of them, as
 * readers may see some of the new tables beside some of the old ones while it runs.
 */
record Switch(TableName complete, TableName target, boolean exchanges) {
    /** Bytes; a server takes statements of 256 KB unless it is told otherwise. */
    private static final int LONGEST = 200_000;

    static Switch of(Publication publication) {
        return new Switch(
                publication.complete(),
                publication.plan().spec().target(),
                publication.plan().before().isPresent());
    }

    /** The fewest statements there can be: one for the tables that exist, one for those that are new. */
    static List<String> statements(List<Switch> switches, Ddl ddl) {
        List<String> statements = new ArrayList<>();
        add(
                statements,
                "EXCHANGE TABLES ",
                ddl,
                switches.stream().filter(Switch::exchanges).toList(),
                each -> Ddl.quoted(each.complete) + " AND " + Ddl.quoted(each.target));
        add(
                statements,
                "RENAME TABLE ",
                ddl,
                switches.stream().filter(each -> !each.exchanges).toList(),
                each -> Ddl.quoted(each.complete) + " TO " + Ddl.quoted(each.target));
        return statements;
    }

    private static void add(
            List<String> statements, String verb, Ddl ddl, List<Switch> switches, Function<Switch, String> pair) {
        List<String> pairs = new ArrayList<>();
        int length = 0;
        for (Switch each : switches) {
            String text = pair.apply(each);
            int size = text.getBytes(StandardCharsets.UTF_8).length;
            if (length + size > LONGEST) {
                statements.add(pairs.stream().collect(Collectors.joining(", ", verb, ddl.onCluster())));
                pairs.clear();
                length = 0;
            }
            pairs.add(text);
            length += size;
        }
        if (!pairs.isEmpty()) {
            statements.add(pairs.stream().collect(Collectors.joining(", ", verb, ddl.onCluster())));
        }
    }
}
