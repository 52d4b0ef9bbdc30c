package millrace.loader.clickhouse;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * A table's CREATE statement as ClickHouse writes it itself, taken apart.
 *
 * @param elements what its brackets list: columns, indexes, projections, constraints
 * @param clauses the words and literals behind the brackets
 */
record Definition(List<List<Word>> elements, List<Word> clauses) {
    Definition {
        elements = List.copyOf(elements);
        clauses = List.copyOf(clauses);
    }

    /**
     * A name, keyword, literal or symbol.
     *
     * @param depth how many brackets it stands within
     * @param from where it begins in the statement
     * @param end where it ends there
     */
    record Word(String text, int depth, int from, int end) {
        Word {
            requireNonNull(text, "text is null");
        }

        boolean is(String keyword) {
            return text.equals(keyword);
        }

        boolean isLiteral() {
            return text.startsWith("'");
        }
    }

    static Definition of(String statement) {
        List<Word> words = words(statement);
        int open = 0;
        while (open < words.size() && !words.get(open).is("(")) {
            open++;
        }
        List<List<Word>> elements = new ArrayList<>();
        List<Word> element = new ArrayList<>();
        int at = open + 1;
        for (; at < words.size() && words.get(at).depth() > 0; at++) {
            if (words.get(at).depth() == 1 && words.get(at).is(",")) {
                elements.add(List.copyOf(element));
                element.clear();
            } else {
                element.add(words.get(at));
            }
        }
        if (!element.isEmpty()) {
            elements.add(element);
        }
        return new Definition(elements, words.subList(Math.min(at, words.size()), words.size()));
    }

    private static List<Word> words(String statement) {
        List<Word> words = new ArrayList<>();
        int depth = 0;
        int at = 0;
        while (at < statement.length()) {
            char c = statement.charAt(at);
            int from = at;
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            at = end(statement, at, c);
            depth -= c == ')' ? 1 : 0;
            words.add(new Word(statement.substring(from, at), depth, from, at));
            depth += c == '(' ? 1 : 0;
        }
        return words;
    }

    private static int end(String statement, int from, char first) {
        int at = from + 1;
        if (first == '\'' || first == '`' || first == '"') {
            while (at < statement.length() && statement.charAt(at) != first) {
                at += statement.charAt(at) == '\\' ? 2 : 1;
            }
            return Math.min(at + 1, statement.length());
        }
        if (isPartOfWord(first)) {
            while (at < statement.length() && isPartOfWord(statement.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }
}
