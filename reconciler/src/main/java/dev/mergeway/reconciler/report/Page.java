package dev.mergeway.reconciler.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Markdown that fits. Parts stand in order; those that are always there come whole, the others give rows as long as there
 * is room, by importance, and name the rows that are left out.
 */
final class Page {
    private static final int NAMED = 20;

    private final String url;
    private final List<Part> parts = new ArrayList<>();

    Page(String url) {
        this.url = url.replaceAll("[\\s<>()\\[\\]\"]", "");
    }

    /** Adds text that is always there. */
    Page always(String text) {
        parts.add(new Part(0, "", List.of(new Row("", text)), "", ""));
        return this;
    }

    /**
     * Adds rows that are left out where there is no room.
     *
     * @param importance 1 for what is given room first
     * @param before what stands before the first row; nothing of it is there where there are no rows
     * @param after what stands after the last
     * @param what what a row is, in the plural, for saying what was left out
     */
    Page rows(int importance, String before, List<Row> rows, String after, String what) {
        if (!rows.isEmpty()) {
            parts.add(new Part(importance, before, rows, after, what));
        }
        return this;
    }

    /** The Markdown, of at most so many characters (as long as what is always there fits). */
    String markdown(int limit) {
        int[] left = {
            limit
                    - parts.stream()
                            .filter(part -> part.importance == 0)
                            .mapToInt(Part::whole)
                            .sum()
        };
        String[] texts = new String[parts.size()];
        for (int importance = 0; importance <= 9; importance++) {
            for (int index = 0; index < texts.length; index++) {
                Part part = parts.get(index);
                if (part.importance == importance) {
                    texts[index] = importance == 0 ? part.rows.getFirst().text : fitted(part, left[0]);
                    left[0] -= importance == 0 ? 0 : texts[index].length();
                }
            }
        }
        return String.join("", texts);
    }

    private String fitted(Part part, int room) {
        if (part.whole() <= room) {
            return part.text(part.rows, "");
        }
        List<Row> kept = new ArrayList<>();
        List<Row> omitted = new ArrayList<>();
        int used = part.before.length() + part.after.length();
        for (Row row : part.rows) {
            if (used + row.text.length() <= room) {
                used += row.text.length();
                kept.add(row);
            } else {
                omitted.add(row);
            }
        }
        while (!kept.isEmpty()) {
            String text = part.text(kept, omission(part, omitted));
            if (text.length() <= room) {
                return text;
            }
            omitted.addFirst(kept.removeLast());
        }
        String note = omission(part, omitted);
        return note.length() <= room ? note : "";
    }

    private String omission(Part part, List<Row> omitted) {
        if (omitted.isEmpty()) {
            return "";
        }
        StringBuilder text =
                new StringBuilder("\n").append(omitted.size()).append(' ').append(part.what);
        text.append(" left out here for length");
        List<String> names = omitted.stream()
                .map(Row::name)
                .filter(name -> !name.isEmpty())
                .limit(NAMED)
                .map(Safe::code)
                .toList();
        if (!names.isEmpty()) {
            text.append(": ").append(String.join(", ", names));
            text.append(omitted.size() > names.size() ? " and " + (omitted.size() - names.size()) + " more" : "");
        }
        return text.append(url.isEmpty() ? "" : ". See [all of it](" + url + ")")
                .append(".\n\n")
                .toString();
    }

    /**
     * One row.
     *
     * @param name what it is about, for saying that it was left out; "" where it need not be told
     * @param text its Markdown
     */
    record Row(String name, String text) {}

    private record Part(int importance, String before, List<Row> rows, String after, String what) {
        int whole() {
            return before.length()
                    + after.length()
                    + rows.stream().mapToInt(row -> row.text.length()).sum();
        }

        String text(List<Row> kept, String note) {
            StringBuilder text = new StringBuilder(before);
            kept.forEach(row -> text.append(row.text));
            return text.append(after).append(note).toString();
        }
    }
}
