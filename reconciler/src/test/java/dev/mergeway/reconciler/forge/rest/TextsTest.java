package dev.mergeway.reconciler.forge.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.reconciler.forge.rest.Review.Verdict;
import dev.mergeway.reconciler.forge.rest.Sticky.Comment;
import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void cutsBetweenCharacters() {
        assertThat(Texts.cut("abc", 3)).isEqualTo("abc");
        assertThat(Texts.cut("abcd", 3)).isEqualTo("ab…");
        assertThat(Texts.cut("a😀bcd", 3)).isEqualTo("a…");
    }

    @Test
    void encodesWhatWouldClimb() {
        assertThat(Texts.encodePath("acme/my shop+ü?#")).isEqualTo("acme/my%20shop%2B%C3%BC%3F%23");
        assertThat(Texts.encode("a/b")).isEqualTo("a%2Fb");
        assertThatThrownBy(() -> Texts.encodePath("acme/../admin")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFindingCannotLeaveItsFence() {
        String text = "a ```` b\n````\n@team <img src=x> [x](http://y)";
        var finding = new Finding(Severity.ERROR, "f", Position.START, "", "a/b`*<x>", text, "fix\u0000 it");
        assertThat(FindingText.markdown(finding))
                .isEqualTo("**error** `a/bx`\n\n`````text\n" + text + "\nfix  it\n`````");
    }

    @Test
    void findsOurOldestComment() {
        var eves = new Comment(1, "eve", "<!-- m --> forged");
        var ours = new Comment(2, "Bot", "<!-- m --> a\r\nb  \n");
        var later = new Comment(3, "bot", "<!-- m --> twice");
        List<Comment> all = List.of(eves, ours, later);
        assertThat(Sticky.find(all, "<!-- m -->", Optional.of("bot"))).hasValue(ours);
        assertThat(Sticky.find(all, "<!-- m -->", Optional.empty()))
                .as("who are we?")
                .isEmpty();
        assertThat(Sticky.find(all, "<!-- n -->", Optional.of("bot"))).isEmpty();
        assertThat(ours.reads("<!-- m --> a\nb")).isTrue();
        assertThat(ours.reads("<!-- m --> a b")).isFalse();
    }

    @Test
    void onlyTheLatestVerdictOnTheHeadIsInForce() {
        List<Review> reviews = List.of(
                new Review("ann", "h", Verdict.APPROVES, 1),
                new Review("bob", "h", Verdict.APPROVES, 2),
                new Review("cid", "old", Verdict.APPROVES, 3),
                new Review("dan", "h", Verdict.APPROVES, 4),
                new Review("eve", "h", Verdict.APPROVES, 5),
                new Review("bob", "h", Verdict.REJECTS, 6),
                new Review("dan", "h", Verdict.DISMISSED, 7),
                new Review("eve", "h", Verdict.NEITHER, 8),
                new Review("ann", "h", Verdict.APPROVES, 9));
        assertThat(Review.inForce(reviews, "h"))
                .containsExactly(new Approval("eve", "h", "5"), new Approval("ann", "h", "9"));
    }
}
