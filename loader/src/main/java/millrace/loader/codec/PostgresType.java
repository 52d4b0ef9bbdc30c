package millrace.loader.codec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A Postgres type as a column has it, domains already replaced by what they are made of.
 *
 * @param name its name in pg_type, such as int4; never qualified
 * @param builtIn whether it belongs to Postgres itself
 * @param kind pg_type.typtype: b base, c composite, e enum, r range, m multirange, p pseudo
 * @param modifier the type modifier, -1 for none
 * @param element of an array the type of its elements
 * @param dimensions of an array how many dimensions it was declared with, 0 for other types
 */
public record PostgresType(
        String name, boolean builtIn, char kind, int modifier, Optional<PostgresType> element, int dimensions) {
    public PostgresType {
        requireNonNull(name, "name is null");
        requireNonNull(element, "element is null");
    }

    /** Whether it is money, or an array of it. */
    public boolean isMoney() {
        return builtIn && name.equals("money")
                || element.map(PostgresType::isMoney).orElse(false);
    }

    public static PostgresType builtIn(String name, int modifier) {
        return new PostgresType(name, true, 'b', modifier, Optional.empty(), 0);
    }
}
