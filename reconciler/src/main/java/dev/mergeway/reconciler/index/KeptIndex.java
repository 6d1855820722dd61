package dev.mergeway.reconciler.index;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An index as bytes, to be kept from one start to the next.
 *
 * @param commit the commit that it is of
 * @param offer id of the offer by which its files were read
 * @param index the index
 */
public record KeptIndex(String commit, String offer, RepoIndex index) {
    /** Files and lists of more entries are no index of ours. */
    private static final int MOST = 10_000_000;

    /** The bytes of it. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            text(out, commit);
            text(out, offer);
            Map<String, FileFacts> files = index.files();
            out.writeInt(files.size());
            for (Map.Entry<String, FileFacts> file : files.entrySet()) {
                text(out, file.getKey());
                write(out, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /** The index of bytes; empty where they are none. */
    public static Optional<KeptIndex> of(byte[] bytes) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            String commit = text(in);
            String offer = text(in);
            Map<String, FileFacts> files = new HashMap<>();
            for (int left = size(in); left > 0; left--) {
                files.put(text(in), facts(in));
            }
            return Optional.of(new KeptIndex(commit, offer, new RepoIndex(files)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void write(DataOutputStream out, FileFacts facts) throws IOException {
        text(out, facts.contentId());
        texts(out, facts.environments());
        texts(out, facts.blueprints());
        out.writeBoolean(facts.policies());
        out.writeBoolean(facts.broken());
        out.writeInt(facts.specs().size());
        for (SpecFacts spec : facts.specs()) {
            text(out, spec.kind());
            text(out, spec.name());
            nullable(out, spec.environment());
            out.writeInt(spec.line());
            texts(out, spec.reads());
            texts(out, spec.shares());
            texts(out, spec.calls());
        }
    }

    private static FileFacts facts(DataInputStream in) throws IOException {
        String contentId = text(in);
        List<String> environments = texts(in);
        List<String> blueprints = texts(in);
        boolean policies = in.readBoolean();
        boolean broken = in.readBoolean();
        List<SpecFacts> specs = new ArrayList<>();
        for (int left = size(in); left > 0; left--) {
            specs.add(new SpecFacts(text(in), text(in), nullable(in), in.readInt(), texts(in), texts(in), texts(in)));
        }
        return new FileFacts(contentId, environments, specs, blueprints, policies, broken);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        int size = size(in);
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new IOException("it ends too early");
        }
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void nullable(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            text(out, text);
        }
    }

    private static @Nullable String nullable(DataInputStream in) throws IOException {
        return in.readBoolean() ? text(in) : null;
    }

    private static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = size(in); left > 0; left--) {
            texts.add(text(in));
        }
        return texts;
    }

    private static int size(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > MOST) {
            throw new IOException("it is no index");
        }
        return size;
    }
}
