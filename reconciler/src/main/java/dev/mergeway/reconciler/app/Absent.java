package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a plan cannot know because configured repositories are not on this disk: it may say yes where a pull request is denied. */
final class Absent {
    private Absent() {}

    /** Lines for the diagnostics: those that are missed most first; none where nothing is absent. */
    static List<String> words(List<RepositoryInfo> absent) {
        List<String> words = new ArrayList<>();
        for (RepositoryInfo.Role role : RepositoryInfo.Role.values()) {
            List<String> names = absent.stream()
                    .filter(info -> info.role() == role)
                    .map(RepositoryInfo::name)
                    .toList();
            if (!names.isEmpty()) {
                words.add(words(role, names));
            }
        }
        return words;
    }

    private static String words(RepositoryInfo.Role role, List<String> names) {
        String what = switch (role) {
            case PLATFORM -> "policies, kinds and environments";
            case TEAM -> "environments";
        };
        boolean one = names.size() == 1;
        return names.stream()
                .collect(Collectors.joining(
                        ", ",
                        one ? "repository " : "repositories ",
                        (one ? " is" : " are") + " not on this disk: " + what + " of " + (one ? "it" : "them")
                                + " are not known here. mergeway serve with this configuration brings "
                                + (one ? "it." : "them.")));
    }
}
