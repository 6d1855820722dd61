package dev.mergeway.reconciler.flow;

import static dev.mergeway.reconciler.flow.Lab.HEAD;
import static dev.mergeway.reconciler.flow.Lab.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.webhooks.event.RepoEvent.Commented;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A forge that is away at the very moment when somebody commands: the command is nowhere else. */
class CommentCommandsTest {
    private final Lab lab = new Lab();
    private final List<Duration> waits = new ArrayList<>();
    private CommentCommands commands = commands(waits::add);

    @BeforeEach
    void plan() {
        lab.shown(HEAD, "aaaa");
    }

    private CommentCommands commands(CommentCommands.Waiting waiting) {
        return new CommentCommands(lab.world, lab.memory, "https://mergeway.example.test", waiting);
    }

    private static ForgeException away(@Nullable Duration wait) {
        return new ForgeException("Forge 'corp' is away.", true, wait, null);
    }

    private void say(String text) {
        commands.answer(SHOP, new Commented("acme/shop", 7, 1, "maria", text, false));
    }

    private static List<Duration> seconds(int... seconds) {
        return java.util.Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }

    @Test
    void aCommandIsTriedUntilTheForgeIsBackAndDoneOnce() {
        for (int count = 0; count < 4; count++) {
            lab.forge.permissionFailures.add(away(null));
        }
        say("/mergeway plan");
        assertThat(waits).isEqualTo(seconds(2, 4, 6, 8));
        assertThat(lab.forge.reactions).containsExactly(Reaction.DONE);
        assertThat(lab.asked).containsExactly(new RunKey.Review("shop", 7));
    }

    @Test
    void itWaitsAsLongAsTheForgeAsks() {
        lab.forge.permissionFailures.add(away(Duration.ofSeconds(30)));
        say("/mergeway plan");
        assertThat(waits).isEqualTo(seconds(30));
        assertThat(lab.forge.reactions).containsExactly(Reaction.DONE);
    }

    @Test
    void whatWasDoneBeforeTheReactionFailedIsNotDoneTwice() {
        lab.forge.reactFailures.add(away(null));
        say("/mergeway approve");
        assertThat(lab.memory.ledger().approvals("shop", 7, "aaaa")).containsExactly("maria");
        assertThat(lab.forge.reactions).containsExactly(Reaction.DONE);
        lab.forge.reactFailures.add(away(null));
        say("/mergeway dance");
        assertThat(lab.forge.reactions).containsExactly(Reaction.DONE, Reaction.CONFUSED);
    }

    @Test
    void aForgeThatStaysAwayIsLeftAloneAtLast() {
        for (int count = 0; count < 10; count++) {
            lab.forge.permissionFailures.add(away(null));
        }
        say("/mergeway plan");
        assertThat(waits).hasSize(4);
        assertThat(lab.forge.permissionFailures).hasSize(5);
        assertThat(lab.asked).isEmpty();
    }

    @Test
    void aRefusalIsNotTriedAgain() {
        lab.forge.permissionFailures.add(new ForgeException("Forge 'corp' said 401.", false, null, null));
        say("/mergeway plan");
        assertThat(waits).isEmpty();
        assertThat(lab.forge.reactions).isEmpty();
    }

    @Test
    void nobodyWaitsForAForgeWhileTheServiceStops() {
        commands = commands(pause -> {
            waits.add(pause);
            throw new InterruptedException();
        });
        lab.forge.permissionFailures.add(away(null));
        say("/mergeway plan");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(waits).hasSize(1);
        assertThat(lab.forge.reactions).isEmpty();
    }

    @Test
    void whatIsNoCommandAsksNobody() {
        lab.forge.permissionFailures.add(away(null));
        say("please /mergeway plan this");
        assertThat(lab.forge.permissionFailures).hasSize(1);
    }
}
