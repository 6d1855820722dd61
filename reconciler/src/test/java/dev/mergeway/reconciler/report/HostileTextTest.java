package dev.mergeway.reconciler.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.policy.Fix;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.policy.Verdict;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Pointers;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

/** Whatever a spec says, it stays what it is: text. Held against a parser of the Markdown that the forges speak. */
class HostileTextTest {
    private static final String PAGE = "https://mergeway.example.com/pulls/shop/12";
    private static final List<String> PARTS = List.of(
            "@acme/admins",
            "@root",
            "#12",
            "!3",
            "GH-7",
            "acme/shop#9",
            "https://evil.example",
            "www.evil.example",
            "mailto:a@b.example",
            "[x](http://evil.example)",
            "![x](//evil.example/a.png)",
            "<img src=x onerror=alert(1)>",
            "<script>",
            "</details>",
            "<!-- mergeway:plan -->",
            "-->",
            "```",
            "~~~",
            "`",
            "``",
            "|",
            "\\|",
            "\\",
            "\n",
            "\r\n",
            "\n\n# Approved\n\n",
            "\n/mergeway approve\n",
            "\n/close\n",
            "\"]",
            "\"];click n0 href",
            "%%{init",
            "end",
            "subgraph",
            "\u202e",
            "\u200b",
            "\0",
            "\u001b[31m",
            "&lt;",
            "&#64;root",
            "*",
            "_",
            "**bold**",
            "~~x~~",
            "$x$",
            "<https://evil.example>",
            "<a@b.example>",
            "a",
            "checkout",
            " ",
            "é",
            "🦊",
            "---",
            "- [ ] x",
            "1. x",
            "    code",
            "[x]: http://evil.example",
            "[^1]",
            ":+1:",
            "\t",
            "x".repeat(300));
    private static final Pattern HTML = Pattern.compile(
            "<!-- mergeway:plan -->|<!-- mergeway:facts state=[a-z]+ hash=[0-9a-f]+ head=[0-9a-zA-Z]* destroyed=[0-9a-f]+"
                    + " verdict=[a-z]+ -->"
                    + "|<details><summary>What (changes in each resource|depends on what)</summary>|</details>");
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create(), AutolinkExtension.create()))
            .build();

    private final Random random = new Random(20_26);

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int part = random.nextInt(5); part >= 0; part--) {
            text.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return text.toString();
    }

    private ResourceKey key() {
        return new ResourceKey("kubernetes", text(), "apps/v1/" + text(), text(), text());
    }

    private FieldChange field() {
        String pointer = Pointers.child(Pointers.child("", text()), text());
        return switch (random.nextInt(4)) {
            case 0 -> new FieldChange(pointer, null, null, true);
            case 1 -> new FieldChange(pointer, text(), text(), false);
            case 2 -> new FieldChange(pointer, null, Map.of(text(), text(), text() + "2", List.of(text())), false);
            default -> new FieldChange(pointer, List.of(text()), null, false);
        };
    }

    private PlanStep step(List<ResourceKey> before) {
        Action action = Action.values()[random.nextInt(Action.values().length)];
        List<FieldChange> fields = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            fields.add(field());
        }
        List<ResourceKey> needs = before.isEmpty() ? List.of() : List.of(before.get(random.nextInt(before.size())));
        ResourceKey key = key();
        before.add(key);
        return new PlanStep(
                action, key, text(), text(), 1, fields, List.of(text()), needs, text(), random.nextBoolean());
    }

    private Plan plan(int size) {
        List<PlanStep> steps = new ArrayList<>();
        List<ResourceKey> keys = new ArrayList<>();
        for (int count = 0; count < size; count++) {
            steps.add(step(keys));
        }
        List<Finding> findings = new ArrayList<>();
        for (int count = random.nextInt(size + 1); count > 0; count--) {
            Severity severity = Severity.values()[random.nextInt(3)];
            findings.add(new Finding(severity, text(), new Position(1, 1), text(), text(), text(), text()));
        }
        return new Plan("shop", 12, "base", text(), "merge", List.of(text()), findings, steps, "0123456789abcdef");
    }

    private Judgement judgement() {
        List<Guardrail> guardrails = new ArrayList<>();
        for (Guardrail.Level level : Guardrail.Level.values()) {
            Fix fix = new Fix("shop", text(), new Position(1, 1), "/" + text() + "/" + text(), text(), text());
            guardrails.add(new Guardrail(text(), level, text(), List.of(fix)));
        }
        return new Judgement(Verdict.values()[random.nextInt(3)], guardrails, List.of(text(), text()));
    }

    private List<String> comments(int size, int limit) {
        Plan plan = plan(size);
        Setting setting = new Setting(PAGE, 3.5, new Setting.Reverted(random.nextInt(2), text(), text()));
        Map<ResourceKey, HealthState> health = new HashMap<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            health.put(step.resource(), new HealthState(HealthState.Status.DEGRADED, text()));
            outcomes.add(Outcome.failed(step.resource(), new Problem(Problem.Turn.AUTHOR, text(), "", true)));
        }
        Applied applied = new Applied(plan, outcomes, health, text(), Duration.ofSeconds(3), true);
        return List.of(
                PlanComment.plan(plan, judgement(), setting, limit),
                PlanComment.held(plan, judgement(), plan.steps(), setting, limit),
                Receipt.markdown(applied, setting, limit));
    }

    @Test
    void nothingBreaksOut() {
        for (int round = 0; round < 400; round++) {
            for (String comment : comments(1 + random.nextInt(6), 65_536)) {
                PARSER.parse(comment).accept(new Judge(comment));
                // A command of a forge, or of ours, is a line that begins with a slash.
                assertThat(comment.lines()).noneMatch(line -> line.strip().startsWith("/"));
            }
        }
    }

    @Test
    void everyCommentFitsAndKeepsItsSummary() {
        for (int round = 0; round < 60; round++) {
            int limit = 8_000 + random.nextInt(60_000);
            for (String comment : comments(1 + random.nextInt(300), limit)) {
                assertThat(comment)
                        .hasSizeLessThanOrEqualTo(limit)
                        .contains("\n### ")
                        .endsWith(".\n");
                PARSER.parse(comment).accept(new Judge(comment));
            }
        }
    }

    @Test
    void everyLineForAStatusOrATerminalIsPlain() {
        for (int round = 0; round < 300; round++) {
            Plan plan = plan(3);
            assertThat(StatusLine.of(plan, judgement()))
                    .hasSizeLessThanOrEqualTo(140)
                    .matches("[^\\p{Cntrl}\u202e]+");
            assertThat(PlanText.of(plan, judgement(), Setting.NONE, false)).matches("(?s)[^\\p{Cntrl}\u202e&&[^\n]]+");
        }
    }

    @Test
    void aGraphHoldsNothingButItsOwnStatements() {
        Pattern line = Pattern.compile("graph LR|  n\\d+\\[\"[\\p{L}\\p{N} ._/…-]*\"\\]:::[a-z]+|  n\\d+ --> n\\d+"
                + "|  classDef [a-z]+ fill:#\\p{XDigit}+,stroke:#\\p{XDigit}+,color:#000");
        for (int round = 0; round < 200; round++) {
            assertThat(Graph.of(plan(8))).allMatch(text -> line.matcher(text).matches());
        }
    }

    /** Finds what is more than text. */
    private static final class Judge extends AbstractVisitor {
        private final String comment;
        private int columns;

        Judge(String comment) {
            this.comment = comment;
        }

        private void check(boolean right, String what, Object node) {
            assertThat(right).as("%s: %s in\n%s", what, node, comment).isTrue();
        }

        @Override
        public void visit(Link link) {
            check(link.getDestination().equals(PAGE), "a link", link.getDestination());
        }

        @Override
        public void visit(Image image) {
            check(false, "an image", image);
        }

        @Override
        public void visit(HtmlInline html) {
            check(html(html.getLiteral()), "HTML", html.getLiteral());
        }

        @Override
        public void visit(HtmlBlock html) {
            check(html(html.getLiteral()), "HTML", html.getLiteral());
        }

        private static boolean html(String literal) {
            return literal.lines().allMatch(line -> HTML.matcher(line.strip()).matches());
        }

        @Override
        public void visit(ThematicBreak line) {
            check(false, "a line", line);
        }

        @Override
        public void visit(IndentedCodeBlock block) {
            check(false, "an indented block", block.getLiteral());
        }

        @Override
        public void visit(FencedCodeBlock block) {
            check(List.of("diff", "mermaid").contains(block.getInfo()), "a fence", block.getInfo());
        }

        @Override
        public void visit(Heading heading) {
            check(heading.getLevel() == 3 && heading.getParent().getFirstChild() != null, "a heading", heading);
            visitChildren(heading);
        }

        @Override
        public void visit(Text text) {
            String literal = text.getLiteral();
            check(
                    !Pattern.compile("@\\w|#\\d|!\\d|(?i)https?://|www\\.|gh-\\d")
                            .matcher(literal)
                            .find(),
                    "a reference",
                    literal);
        }

        @Override
        public void visit(CustomNode node) {
            if (node instanceof TableRow row) {
                int cells = 0;
                for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                    cells++;
                }
                boolean head = row.getParent().getPrevious() == null;
                columns = head ? cells : columns;
                check(cells == columns, "a row of another width", row);
            }
            visitChildren(node);
        }
    }
}
