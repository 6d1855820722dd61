package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.flow.CommentCommands;
import dev.mergeway.reconciler.flow.PullNews;
import dev.mergeway.reconciler.port.Agenda;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.webhooks.event.RepoEvent;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened on a forge, to the runs that look at it. An event is a hint: nothing of it is believed, but where the forge
 * says something else, it is asked again.
 */
final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    /** Of so many it is said that they are not configured: a forge may tell of all that it has. */
    private static final int MOST_STRANGERS = 1_000;

    private final Collection<RepositoryInfo> repositories;
    private final Agenda agenda;
    private final CommentCommands commands;
    private final PullNews pulls;
    private final Set<String> strangers = ConcurrentHashMap.newKeySet();

    Events(Collection<RepositoryInfo> repositories, Agenda agenda, CommentCommands commands, PullNews pulls) {
        this.repositories = repositories;
        this.agenda = agenda;
        this.commands = commands;
        this.pulls = pulls;
    }

    /** The runs that an event of a forge orders: they are nowhere else, and are kept with their delivery. */
    List<RunKey> orders(String forge, RepoEvent event) {
        return meant(forge, event)
                .<RunKey>flatMap(info -> switch (event) {
                    case RepoEvent.Commented comment -> commands.heard(info, comment).stream();
                    case RepoEvent.MergeQueued queued -> queued(info, queued).stream();
                    case RepoEvent.Pushed pushed -> Stream.empty();
                    case RepoEvent.PullChanged changed -> Stream.empty();
                    case RepoEvent.CommentDeleted deleted -> Stream.empty();
                    case RepoEvent.Reviewed reviewed -> Stream.empty();
                    case RepoEvent.Ignored ignored -> Stream.empty();
                })
                .toList();
    }

    /** Asks for the runs that an event of a forge hints at. */
    void happened(String forge, RepoEvent event) {
        meant(forge, event).forEach(info -> {
            switch (event) {
                case RepoEvent.Pushed pushed -> agenda.ask(new RunKey.Look(info.name()));
                case RepoEvent.PullChanged changed -> pulls.heard(info, changed);
                case RepoEvent.Commented commented -> agenda.look();
                case RepoEvent.CommentDeleted deleted -> pulls.heard(info, deleted);
                case RepoEvent.Reviewed reviewed -> pulls.reviewed(info, reviewed.number());
                case RepoEvent.MergeQueued queued -> agenda.look();
                case RepoEvent.Ignored ignored -> {}
            }
        });
    }

    /** Whether an event of a forge is about a repository that is configured; says once of each other that it is not. */
    boolean concerns(String forge, RepoEvent event) {
        boolean ours = meant(forge, event).findAny().isPresent();
        String stranger = forge + " " + event.repository();
        if (!ours && strangers.size() < MOST_STRANGERS && strangers.add(stranger)) {
            LOG.info(
                    "Forge '{}' tells what happens in {}, which is in no repositories[].path here: it is left alone.",
                    forge,
                    event.repository());
        }
        return ours;
    }

    /** Forges take a path in any case, and write it in their events as it was given to them. */
    private Stream<RepositoryInfo> meant(String forge, RepoEvent event) {
        return repositories.stream()
                .filter(info -> info.forge().equals(forge) && info.path().equalsIgnoreCase(event.repository()));
    }

    /** A queue in front of another branch merges nothing that is applied. */
    private static Optional<RunKey> queued(RepositoryInfo info, RepoEvent.MergeQueued queued) {
        return Optional.<RunKey>of(new RunKey.Queued(
                        info.name(), queued.pulls().stream().findFirst().orElse(0), queued.head()))
                .filter(any -> queued.base().equals(info.branch()));
    }
}
