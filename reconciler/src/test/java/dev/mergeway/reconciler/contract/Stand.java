package dev.mergeway.reconciler.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** What the two stand-ins have alike; each adds its API, its webhooks and its judge. */
abstract class Stand implements StandInForge, Hosting.Listener {
    /** Path of the one repository. */
    static final String REPOSITORY = "acme/shop";

    static final String SECRET = "hook-secret";

    private final Routes routes = new Routes();
    private final Hooks hooks = new Hooks();
    private final Hosting hosting;
    private final Judge judge;
    private final Front front;

    /** Makes everything in an empty folder. */
    Stand(Path folder, Judging judging, String api, String prefix) {
        try {
            hosting = new Hosting(new Origin(folder.resolve(REPOSITORY + ".git")), this);
            judge = judging.of(routes.url());
            front = new Front(api, prefix, judge.url(), new GitOverHttp(folder), hosting::look);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a judge in front of a URL. */
    interface Judging {
        Judge of(URI upstream) throws IOException;
    }

    final Routes routes() {
        return routes;
    }

    final Hosting hosting() {
        return hosting;
    }

    final Hooks hooks() {
        return hooks;
    }

    static String delivery() {
        return UUID.randomUUID().toString();
    }

    @Override
    public URI url() {
        return front.url();
    }

    @Override
    public String secret() {
        return SECRET;
    }

    @Override
    public void hook(URI to) {
        hooks.to(to);
    }

    @Override
    public void lag(int reads) {
        hosting.lag(reads);
    }

    @Override
    public int open(String branch) {
        return hosting.open(Hosting.ROSA, branch, "main", branch, "").number;
    }

    @Override
    public String merge(int number) {
        return hosting.merge(number);
    }

    @Override
    public void approve(int number) {
        hosting.approve(number, Hosting.MARIA);
    }

    @Override
    public long say(int number, String who, String text) {
        return hosting.say(number, who, text, "", 0).id;
    }

    private List<Hosting.Comment> ours(int number, boolean atLines) {
        return hosting.comments(number, atLines).stream()
                .filter(comment -> comment.author.equals(Hosting.BOT))
                .toList();
    }

    @Override
    public List<String> said(int number) {
        return ours(number, false).stream().map(comment -> comment.body).toList();
    }

    @Override
    public List<Long> ids(int number) {
        return ours(number, false).stream().map(comment -> comment.id).toList();
    }

    @Override
    public List<String> remarks(int number) {
        return ours(number, true).stream()
                .map(comment -> comment.path + ":" + comment.line + ": " + comment.body)
                .toList();
    }

    @Override
    public List<String> reactions(long comment) {
        return hosting.comment(comment)
                .map(found -> List.copyOf(found.reactions))
                .orElse(List.of());
    }

    @Override
    public String status(String commit, String context) {
        return hosting.status(commit, context);
    }

    @Override
    public List<Integer> open() {
        return hosting.open("main").stream().map(pull -> pull.number).toList();
    }

    @Override
    public List<String> violations() {
        return front.violations();
    }

    @Override
    public List<String> asked() {
        return front.asked();
    }

    @Override
    public void close() {
        hooks.close();
        front.close();
        judge.close();
        routes.close();
    }
}
