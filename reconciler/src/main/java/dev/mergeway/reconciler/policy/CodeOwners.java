package dev.mergeway.reconciler.policy;

import dev.mergeway.reconciler.run.OwnersStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of code owners as its forge reads it: GitHub's and GitLab's patterns, of which the last that matches counts, or
 * Gitea's expressions, of which all do. Pure.
 */
public final class CodeOwners {
    /** More lines than this are not judged; GitHub's own limit of 3 MB is beyond what anybody has. */
    private static final int RULES = 2_000;

    private static final Pattern HEADING = Pattern.compile("(\\^?)\\[([^\\]]+)](?:\\[(\\d{1,3})])?(.*)");

    private final OwnersStyle style;
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private int rules;

    private record Rule(PathPattern pattern, List<String> owners) {}

    private record Section(
            String name, int approvals, List<String> owners, List<Rule> rules, List<PathPattern> excluded) {}

    /**
     * An approval that files want.
     *
     * @param section name of the section that wants it, "" for none
     * @param approvals how many
     * @param owners whose: {@code @login}, {@code @org/team}, or an address
     * @param paths the files, sorted as given
     */
    public record Need(String section, int approvals, List<String> owners, List<String> paths) {
        public Need {
            owners = List.copyOf(owners);
            paths = List.copyOf(paths);
        }
    }

    private CodeOwners(OwnersStyle style) {
        this.style = style;
    }

    /** Reads a file; empty where it is too long to be judged. Lines that are no rule are passed over, as the forges do. */
    public static Optional<CodeOwners> parse(String text, OwnersStyle style) {
        CodeOwners owners = new CodeOwners(style);
        Section section = owners.section("", 1, List.of());
        for (String line : text.lines().toList()) {
            Matcher heading = HEADING.matcher(line.strip());
            if (style == OwnersStyle.GITLAB && heading.matches()) {
                section = owners.heading(heading);
            } else {
                owners.line(section, tokens(line, style));
            }
            if (owners.rules > RULES) {
                return Optional.empty();
            }
        }
        return Optional.of(owners);
    }

    private Section heading(Matcher heading) {
        boolean optional = !heading.group(1).isEmpty();
        int approvals = heading.group(3) == null ? 1 : Math.max(1, Integer.parseInt(heading.group(3)));
        return section(heading.group(2).strip(), optional ? 0 : approvals, owners(tokens(heading.group(4), style)));
    }

    /** Sections of one name, in whatever case, are one. */
    private Section section(String name, int approvals, List<String> owners) {
        return sections.computeIfAbsent(
                name.toLowerCase(Locale.ROOT),
                any -> new Section(name, approvals, owners, new ArrayList<>(), new ArrayList<>()));
    }

    private void line(Section section, List<String> tokens) {
        if (tokens.isEmpty()) {
            return;
        }
        rules++;
        String pattern = tokens.getFirst();
        if (style == OwnersStyle.GITLAB && pattern.startsWith("!") && pattern.length() > 1) {
            PathPattern.of(pattern.substring(1), style).ifPresent(section.excluded()::add);
        } else {
            PathPattern.of(pattern, style)
                    .ifPresent(found -> section.rules().add(new Rule(found, owners(tokens.subList(1, tokens.size())))));
        }
    }

    private List<String> owners(List<String> tokens) {
        return tokens.stream()
                .map(token -> style == OwnersStyle.GITEA && !token.contains("@") ? "@" + token : token)
                .filter(token -> token.length() > 1 && token.contains("@"))
                .distinct()
                .toList();
    }

    /** The words of a line up to its comment; a backslash takes the next character as it is. */
    private static List<String> tokens(String line, OwnersStyle style) {
        List<String> tokens = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        for (int at = 0; at < line.length(); at++) {
            char sign = line.charAt(at);
            boolean comment = sign == '#'
                    && (style == OwnersStyle.GITEA
                            || (token.isEmpty() && (style == OwnersStyle.GITHUB || tokens.isEmpty())));
            if (comment) {
                break;
            } else if (sign == '\\' && at + 1 < line.length()) {
                token.append(line.charAt(++at));
            } else if (Character.isWhitespace(sign)) {
                flush(token, tokens);
            } else {
                token.append(sign);
            }
        }
        flush(token, tokens);
        return tokens;
    }

    private static void flush(StringBuilder token, List<String> tokens) {
        if (!token.isEmpty()) {
            tokens.add(token.toString());
            token.setLength(0);
        }
    }

    /** The approvals that changes of these files want; none for those without owners. */
    public List<Need> needs(List<String> paths) {
        List<Need> needs = new ArrayList<>();
        for (Section section : sections.values()) {
            Map<List<String>, List<String>> owned = new LinkedHashMap<>();
            for (String path : section.approvals() == 0 ? List.<String>of() : paths) {
                List<String> owners = owners(section, path);
                if (!owners.isEmpty()) {
                    owned.computeIfAbsent(owners, any -> new ArrayList<>()).add(path);
                }
            }
            owned.forEach((owners, files) -> needs.add(new Need(section.name(), section.approvals(), owners, files)));
        }
        return needs;
    }

    private List<String> owners(Section section, String path) {
        if (section.excluded().stream().anyMatch(pattern -> pattern.matches(path))) {
            return List.of();
        }
        Set<String> owners = new LinkedHashSet<>();
        for (Rule rule : section.rules().reversed()) {
            if (rule.pattern().matches(path)) {
                owners.addAll(rule.owners().isEmpty() ? section.owners() : rule.owners());
                if (style != OwnersStyle.GITEA) {
                    break;
                }
            }
        }
        return owners.stream().sorted().toList();
    }
}
