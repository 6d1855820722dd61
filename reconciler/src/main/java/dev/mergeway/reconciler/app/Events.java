package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.flow.CommentCommands;
import dev.mergeway.reconciler.flow.PullNews;
import dev.mergeway.reconciler.port.Agenda;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.webhooks.event.RepoEvent;
import java.util.Collection;
import java.util.List;

/**
 * What happened on a forge, to the runs that look at it. An event is a hint: nothing of it is believed, but where the forge
 * says something else, it is asked again.
 */
final class Events {
    private final Collection<RepositoryInfo> repositories;
    private final Agenda agenda;
    private final CommentCommands commands;
    private final PullNews pulls;

    Events(Collection<RepositoryInfo> repositories, Agenda agenda, CommentCommands commands, PullNews pulls) {
        this.repositories = repositories;
        this.agenda = agenda;
        this.commands = commands;
        this.pulls = pulls;
    }

    /** Asks for the runs that an event of a forge hints at. */
    void happened(String forge, RepoEvent event) {
        List<RepositoryInfo> meant = repositories.stream()
                .filter(info -> info.forge().equals(forge) && info.path().equals(event.repository()))
                .toList();
        for (RepositoryInfo info : meant) {
            switch (event) {
                case RepoEvent.Pushed pushed -> agenda.ask(new RunKey.Look(info.name()));
                case RepoEvent.PullChanged changed -> pulls.heard(info, changed);
                case RepoEvent.Commented commented -> commands.answer(info, commented);
                case RepoEvent.CommentDeleted deleted -> agenda.ask(new RunKey.Review(info.name(), deleted.number()));
                case RepoEvent.Reviewed reviewed -> commands.reviewed(info, reviewed.number());
                case RepoEvent.MergeQueued queued -> queued(info, queued);
                case RepoEvent.Ignored ignored -> {}
            }
        }
    }

    /** A queue in front of another branch merges nothing that is applied. */
    private void queued(RepositoryInfo info, RepoEvent.MergeQueued queued) {
        if (queued.base().equals(info.branch())) {
            int number = queued.pulls().stream().findFirst().orElse(0);
            agenda.ask(new RunKey.Queued(info.name(), number, queued.head()));
        }
    }
}
