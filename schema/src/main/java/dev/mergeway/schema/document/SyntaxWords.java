package dev.mergeway.schema.document;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.FindingRule;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What the YAML parser complains about, in the words of a person who does not know its grammar. */
final class SyntaxWords {
    private SyntaxWords() {}

    /** What was found, and what to do. */
    private record Words(String message, String hint) {}

    static Finding finding(String file, Chunk chunk, YamlEngineException error) {
        Optional<Integer> conflict = conflict(chunk);
        if (conflict.isPresent()) {
            return at(file, new Position(conflict.get(), 1), FindingRule.YAML_CONFLICT, conflicts());
        }
        if (!(error instanceof MarkedYamlEngineException marked)) {
            return at(file, new Position(chunk.line(), 1), FindingRule.YAML_SYNTAX, directive());
        }
        String problem = marked.getProblem() == null ? "" : marked.getProblem();
        Position end = position(chunk, marked.getProblemMark().or(marked::getContextMark));
        if (problem.contains("\\t(TAB)")) {
            return at(file, end, FindingRule.YAML_TAB, tab());
        }
        String context = marked.getContext() == null ? "" : marked.getContext();
        Position begin = position(chunk, marked.getContextMark().or(marked::getProblemMark));
        boolean neverClosed = (context.contains("quoted scalar") && problem.contains("end of stream"))
                || ((context.contains("flow sequence") || context.contains("flow mapping"))
                        && !problem.contains("calar"));
        boolean noColon = problem.contains("could not find expected ':'");
        if (problem.contains("node content") && problem.contains("end>")) {
            return at(file, lastContent(chunk), FindingRule.YAML_SYNTAX, words(context, problem, "", end));
        }
        Position shown = neverClosed || noColon ? begin : end;
        boolean glued = noColon || problem.contains("mapping values are not allowed");
        Position above = new Position(Math.max(chunk.line(), end.line() - 1), 1);
        if (glued && line(chunk, above).strip().matches("[-\\w]+:[^\\s:]+")) {
            int column = line(chunk, above).length()
                    - line(chunk, above).stripLeading().length()
                    + 1;
            return at(file, new Position(above.line(), column), FindingRule.YAML_SYNTAX, noSpace());
        }
        return at(
                file,
                shown,
                FindingRule.YAML_SYNTAX,
                words(context, problem, line(chunk, end).strip(), end));
    }

    /** The line of what Git leaves where two changes clash. */
    private static Optional<Integer> conflict(Chunk chunk) {
        List<String> lines = chunk.text().lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).startsWith("<<<<<<< ") || lines.get(index).startsWith(">>>>>>> ")) {
                return Optional.of(chunk.line() + index);
            }
        }
        return Optional.empty();
    }

    private static Finding at(String file, Position position, FindingRule rule, Words words) {
        return new Finding(Severity.ERROR, file, position, "", rule.id(), words.message(), words.hint());
    }

    private static Position position(Chunk chunk, Optional<Mark> mark) {
        return mark.map(at -> new Position(chunk.line() + at.getLine(), at.getColumn() + 1))
                .orElse(new Position(chunk.line(), 1));
    }

    /** Position of the last character that is neither blank nor of a comment line. */
    private static Position lastContent(Chunk chunk) {
        List<String> lines = chunk.text().lines().toList();
        for (int index = lines.size() - 1; index >= 0; index--) {
            String content = lines.get(index).stripTrailing();
            if (!content.isBlank() && !content.strip().startsWith("#")) {
                return new Position(chunk.line() + index, content.codePointCount(0, content.length()));
            }
        }
        return new Position(chunk.line(), 1);
    }

    private static String line(Chunk chunk, Position at) {
        List<String> lines = chunk.text().lines().toList();
        int index = at.line() - chunk.line();
        return index < lines.size() ? lines.get(index) : "";
    }

    private static Words words(String context, String problem, String line, Position end) {
        if (problem.contains("mapping values are not allowed")) {
            return secondColon(line);
        }
        if (problem.contains("could not find expected ':'")) {
            return new Words(
                    "This line is no field: it has no colon.",
                    "Write 'name: value', with a space after the colon. A text of several lines is indented below 'name: |'.");
        }
        if (context.contains("quoted scalar") && problem.contains("end of stream")) {
            return new Words("A quote is opened here and never closed.", "Close the quote at the end of the text.");
        }
        if (problem.contains("unknown escape character") || problem.contains("escape sequence")) {
            return new Words(
                    "In double quotes a backslash begins an escape such as \\n, and this one does not exist.",
                    "Write the backslash twice, or use single quotes.");
        }
        if (context.contains("flow") && problem.contains("calar")) {
            return new Words(
                    "There is a text here where a comma or a closing bracket is expected.",
                    "Put a comma between two entries; a quote inside single quotes is written twice: 'it''s'.");
        }
        if (context.contains("flow sequence")) {
            return new Words("The list that begins with '[' here is not closed.", seenAt("]", end));
        }
        if (context.contains("flow mapping")) {
            return new Words("The map that begins with '{' here is not closed.", seenAt("}", end));
        }
        return more(context, problem, line);
    }

    private static String seenAt(String bracket, Position end) {
        return "Put a comma between its entries and '" + bracket + "' at its end; the mistake is noticed on line "
                + end.line() + ".";
    }

    private static Words more(String context, String problem, String line) {
        if (context.contains("block mapping") && problem.contains("found '<scalar>'")) {
            return new Words(
                    "There is text behind a closed quote.",
                    "Put the whole value in quotes; a quote inside single quotes is written twice: 'it''s'.");
        }
        if (problem.endsWith("found ':'")) {
            return new Words("There is no name before the colon.", "Write a name before the colon.");
        }
        if (problem.contains("expected <block end>") || problem.contains("sequence entries are not allowed")) {
            return indentation(line);
        }
        if (problem.contains("that cannot start any token")) {
            return new Words("A value cannot begin with " + character(problem) + ".", "Put the value in quotes.");
        }
        if (problem.contains("node content") && problem.contains("end>")) {
            return new Words("The document ends before its last '[' or '{' is closed.", "Close the bracket.");
        }
        if (problem.contains("expected the node content")) {
            return new Words("A bracket is closed here that was not opened.", "Remove it, or put the value in quotes.");
        }
        if (problem.contains("expected '<document start>'")) {
            return new Words(
                    "There is more after the end of the document's content.",
                    "Separate two documents by a line '---'; otherwise check the indentation.");
        }
        return rest(context, problem);
    }

    private static Words rest(String context, String problem) {
        if (context.contains("alias") || context.contains("anchor")) {
            return new Words(
                    "A value cannot begin with " + (context.contains("alias") ? "'*'" : "'&'") + ".",
                    "Put the value in quotes.");
        }
        if (context.contains("block scalar")) {
            return new Words(
                    "A value that begins with '|' or '>' has its text on the lines below.",
                    "Put the text on the next line, indented, or put the value in quotes.");
        }
        if (context.contains("directive")) {
            return directive();
        }
        if (context.contains("tag") || problem.contains("tag")) {
            return new Words("A value cannot begin with '!'.", "Put the value in quotes.");
        }
        String what = (context + " " + problem).strip().toLowerCase(Locale.ROOT);
        return new Words(
                "This is not well-formed YAML (" + Texts.cut(what) + ").", "Check indentation, quotes and brackets.");
    }

    private static Words conflicts() {
        return new Words(
                "A conflict of a merge was left in the file.",
                "Keep what is right of the two, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>.");
    }

    private static Words noSpace() {
        return new Words(
                "There is no space after the colon on this line, so it is one text and no field.",
                "Write 'name: value', with a space after the colon.");
    }

    private static Words tab() {
        return new Words("The line is indented with a tab; YAML allows only spaces.", "Replace the tab by spaces.");
    }

    private static Words directive() {
        return new Words(
                "A line that begins with '%' is an instruction to the YAML reader, and this one is not understood.",
                "Remove the line.");
    }

    private static Words secondColon(String line) {
        int first = line.indexOf(": ");
        boolean two = first >= 0 && (line.indexOf(": ", first + 1) > 0 || line.endsWith(":"));
        if (two) {
            return new Words(
                    "There is a second colon on this line, so it is unclear where the value begins.",
                    "Put the value in quotes, or move the inner field to a line of its own, indented.");
        }
        return new Words(
                "This field is indented under a line that cannot hold fields.",
                "Give it the same indentation as its neighbours; the line above must end with a colon to hold fields.");
    }

    private static Words indentation(String line) {
        boolean dash = line.startsWith("-") || line.contains(": - ");
        return new Words(
                dash
                        ? "A list entry (a dash) does not fit here."
                        : "The indentation of this line fits no line above it.",
                dash
                        ? "Put each '- entry' on its own line below 'name:', all with the same indentation."
                        : "Fields of one map start in the same column; count the spaces.");
    }

    private static String character(String problem) {
        int quote = problem.indexOf('\'');
        int end = problem.indexOf('\'', quote + 1);
        return quote >= 0 && end > quote ? problem.substring(quote, end + 1) : "this character";
    }
}
