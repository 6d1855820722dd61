package dev.mergeway.reconciler.forge.rest;

import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.schema.model.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** A finding as the text of a remark at its line. What a finding says comes from a pull request, so nothing of it is trusted. */
public final class FindingText {
    private static final int LENGTH = 4_000;

    private FindingText() {}

    /** Plain text: what is wrong, and what to do on a line of its own. */
    public static String plain(Finding finding) {
        String hint = finding.hint().isEmpty() ? "" : "\n" + finding.hint();
        return Texts.cut(finding.message() + hint, LENGTH);
    }

    /** Markdown: the text stands in a fence that it cannot close, where no forge sees mentions, links or HTML. */
    public static String markdown(Finding finding) {
        String text = plain(finding).replaceAll("[\\p{Cntrl}&&[^\\n]]", " ");
        String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        String rule = finding.rule().replaceAll("[^A-Za-z0-9/._-]", "");
        return "**" + severity + "** `" + rule + "`\n\n" + fence + "text\n" + text + "\n" + fence;
    }

    /**
     * Markdown with the line as it should read, in a block that the forge lets people take over with a click.
     *
     * @param block what the forge calls such a block, such as {@code suggestion}
     */
    public static String markdown(Remark remark, String block) {
        String better = remark.line().isEmpty() ? "" : "\n\n```" + block + "\n" + remark.line() + "\n```";
        return markdown(remark.finding()) + better;
    }

    /** The findings alone. */
    public static List<Finding> findings(List<Remark> remarks) {
        return remarks.stream().map(Remark::finding).toList();
    }

    /** A digest of findings and the commit that they are about: the same ones need not be shown again. */
    public static String digest(String commit, List<Finding> findings) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((commit + findings).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256, which every JDK must have", e);
        }
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
