package dev.mergeway.schema.score;

import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the content of the files that a Score workload names by {@code source} into its spec, since Score replaces
 * placeholders in such files too (unless {@code noExpand} says not to). Pure.
 *
 * <p>A file that is not there is a warning and stays empty: in a Score file it may be made by a build step, and the rest
 * of the workload is still worth showing.
 */
public final class ScoreFiles {
    private ScoreFiles() {}

    /** Whether the spec was read from a Score file. */
    public static boolean concerns(Spec spec) {
        return ScoreConverter.API_VERSION.equals(spec.document().root().get("apiVersion"));
    }

    /**
     * The spec with its files' content in place of their sources.
     *
     * @param spec a spec that {@link #concerns} says yes to
     * @param files of the snapshot that the spec was read from
     */
    public static Converted inline(Spec spec, Files files) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Object> containers = new LinkedHashMap<>();
        Notes.map(spec.body().get("containers")).forEach((name, container) -> {
            Place place = Place.ROOT.child("containers").child(name);
            containers.put(name, container(Notes.map(container), place, spec, files, findings));
        });
        Map<String, Object> body = new LinkedHashMap<>(spec.body());
        body.put("containers", Collections.unmodifiableMap(containers));
        Spec inlined = new Spec(
                spec.kind(), spec.metadata(), Collections.unmodifiableMap(body), spec.document(), spec.pointers());
        return new Converted(Optional.of(inlined), findings);
    }

    private static Map<String, Object> container(
            Map<String, Object> container, Place place, Spec spec, Files files, List<Finding> findings) {
        if (!container.containsKey("files")) {
            return container;
        }
        Map<String, Object> inlined = new LinkedHashMap<>();
        Notes.map(container.get("files")).forEach((path, file) -> {
            String pointer = place.child("files").child(path).body();
            inlined.put(path, file(Notes.map(file), pointer, spec, files, findings));
        });
        Map<String, Object> changed = new LinkedHashMap<>(container);
        changed.put("files", Collections.unmodifiableMap(inlined));
        return Collections.unmodifiableMap(changed);
    }

    private static Map<String, Object> file(
            Map<String, Object> file, String pointer, Spec spec, Files files, List<Finding> findings) {
        if (!(file.get("source") instanceof String source)) {
            return file;
        }
        Map<String, Object> changed = new LinkedHashMap<>(file);
        changed.remove("source");
        Optional<byte[]> found = resolve(spec.document().file(), source).flatMap(files::read);
        if (found.isEmpty()) {
            findings.add(spec.finding(
                    Severity.WARNING,
                    pointer + "/source",
                    "score/missing-file",
                    "there is no file '" + source + "' beside this one, so the container gets an empty file",
                    "add the file, or correct the path; it is relative to the folder of this Score file"));
        }
        put(found.orElse(new byte[0]), changed);
        return Collections.unmodifiableMap(changed);
    }

    private static void put(byte[] bytes, Map<String, Object> file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            file.put("content", text);
        } catch (CharacterCodingException notText) {
            file.put("binaryContent", Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** The path that a source means in the repository, or empty where it leads out of it. */
    static Optional<String> resolve(String file, String source) {
        if (source.startsWith("/")) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>(List.of(file.split("/")));
        parts.removeLast();
        for (String part : source.split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }
}
