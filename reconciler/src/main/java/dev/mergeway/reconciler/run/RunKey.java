package dev.mergeway.reconciler.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a run is about. One key runs in one place at a time, and asking for it twice before it starts is asking once. */
public sealed interface RunKey {
    /** Stable text of it, such as {@code review/shop/12}: the task instance in the queue. */
    String text();

    /** Look at a repository: fetch, find what moved, ask for the runs that follow. */
    record Look(String repository) implements RunKey {
        @Override
        public String text() {
            return "look/" + repository;
        }
    }

    /** Plan a pull request and say so. */
    record Review(String repository, int number) implements RunKey {
        @Override
        public String text() {
            return "review/" + repository + "/" + number;
        }
    }

    /** Plan what a merge queue is about to merge, for a pull request (0 where it is not known), and say so on its commit. */
    record Queued(String repository, int number, String commit) implements RunKey {
        @Override
        public String text() {
            return "queued/" + repository + "/" + number + "/" + commit;
        }
    }

    /** Bring an environment to what the tracked branches say. */
    record Release(String environment) implements RunKey {
        @Override
        public String text() {
            return "release/" + environment;
        }
    }

    /** See whether somebody changed an environment by hand, and put it right. */
    record Drift(String environment) implements RunKey {
        @Override
        public String text() {
            return "drift/" + environment;
        }
    }

    /** See whether an environment's time is up. */
    record Expiry(String environment) implements RunKey {
        @Override
        public String text() {
            return "expiry/" + environment;
        }
    }

    /** Carry out what somebody ordered in a comment on a pull request, and answer it. */
    record Command(String repository, int number, Order order) implements RunKey {
        @Override
        public String text() {
            return "command/" + repository + "/" + number + "/" + order.text();
        }

        /** The beginning that the texts of all keys have which carry out the same command of the same comment; empty for others. */
        public static Optional<String> common(String text) {
            String[] parts = text.split("/", 6);
            return parts.length == 6 && parts[0].equals("command")
                    ? Optional.of(String.join("/", List.of(parts).subList(0, 5)) + "/")
                    : Optional.empty();
        }
    }

    /** Texts of all keys whose runs change the same environment as this one's, which is one at a time; none where it is none. */
    default Set<String> turn() {
        return switch (this) {
            case Release(String environment) -> turn(environment);
            case Drift(String environment) -> turn(environment);
            case Expiry(String environment) -> turn(environment);
            case Look look -> Set.of();
            case Review review -> Set.of();
            case Queued queued -> Set.of();
            case Command command -> Set.of();
        };
    }

    private static Set<String> turn(String environment) {
        return Set.of(new Release(environment).text(), new Drift(environment).text(), new Expiry(environment).text());
    }

    /** The key of a text that {@link #text()} made. */
    static RunKey parse(String text) {
        String[] parts = text.split("/", 3);
        return switch (parts[0]) {
            case "look" -> new Look(parts[1]);
            case "review" -> new Review(parts[1], Integer.parseInt(parts[2]));
            case "queued" -> {
                String[] rest = parts[2].split("/", 2);
                yield new Queued(parts[1], Integer.parseInt(rest[0]), rest[1]);
            }
            case "command" -> {
                String[] rest = parts[2].split("/", 2);
                yield new Command(parts[1], Integer.parseInt(rest[0]), Order.parse(rest[1]));
            }
            case "release" -> new Release(parts[1]);
            case "drift" -> new Drift(parts[1]);
            case "expiry" -> new Expiry(parts[1]);
            default -> throw new IllegalArgumentException("no run key: " + text);
        };
    }
}
