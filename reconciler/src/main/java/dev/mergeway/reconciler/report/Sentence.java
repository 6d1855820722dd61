package dev.mergeway.reconciler.report;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Words of ours with names of others in them.
 *
 * @param weight how much it matters to whoever reads it
 * @param words our words, with {@code %s} where a name stands
 * @param names the names, untrusted
 */
record Sentence(Weight weight, String words, List<String> names) {
    Sentence {
        names = List.copyOf(names);
    }

    static Sentence of(Weight weight, String words, String... names) {
        return new Sentence(weight, words, List.of(names));
    }

    /** What matters most comes first. */
    enum Weight {
        LOSES_DATA,
        DESTROYS,
        INTERRUPTS,
        CHANGES
    }

    /** As Markdown, in bold where something is lost. */
    String markdown() {
        String text = fill(Safe::code);
        return weight == Weight.LOSES_DATA || weight == Weight.DESTROYS ? "**" + text + "**" : text;
    }

    /** As one line of plain text. */
    String plain() {
        return fill(Safe::name);
    }

    private String fill(UnaryOperator<String> shown) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (String name : names) {
            int at = words.indexOf("%s", from);
            text.append(words, from, at).append(shown.apply(name));
            from = at + 2;
        }
        return text.append(words.substring(from)).toString();
    }
}
