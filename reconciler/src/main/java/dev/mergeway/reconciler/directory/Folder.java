package dev.mergeway.reconciler.directory;

import dev.mergeway.reconciler.resource.CanonicalJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * The folder of a target: below it one folder per environment with our files, and {@code .mergeway} for files that are
 * being written. Symbolic links below it are never followed.
 */
final class Folder {
    private static final String WRITING = ".mergeway";
    private static final Pattern MARK = Pattern.compile("(?m)^ {2,}\"?mergeway\\.dev/(environment|applied)\"?:");

    // A file that is being written is there for a moment; one this old was left by a process that was killed.
    private static final long STALE_MILLIS = 3_600_000;

    private final Path root;
    private final AtomicBoolean swept = new AtomicBoolean();

    Folder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    Path path(String environment, String file) {
        return root.resolve(environment).resolve(file);
    }

    /** Names of the folders of environments, sorted; none where the target's own folder is not there yet. */
    List<String> environments() throws IOException {
        if (attributes(root, true).isEmpty()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (FileNames.isFolder(name) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    names.add(name);
                }
            }
        }
        names.sort(null);
        return names;
    }

    /** Names of the files of an environment that could be ours, sorted; none where its folder is not there. */
    List<String> files(String environment) throws IOException {
        Path folder = root.resolve(environment);
        Optional<BasicFileAttributes> attributes = attributes(folder, false);
        if (attributes.isEmpty()) {
            return List.of();
        }
        if (!attributes.get().isDirectory()) {
            throw new FileSystemException(folder.toString(), null, "is no folder, and links are not followed");
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[!.]*" + FileNames.SUFFIX)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        }
        names.sort(null);
        return names;
    }

    /** Whether something is there by that name. */
    boolean exists(String environment, String file) {
        return Files.exists(path(environment, file), LinkOption.NOFOLLOW_LINKS);
    }

    /** What stands in a file. */
    Slot read(String environment, String file) throws IOException {
        Optional<BasicFileAttributes> folder = attributes(root.resolve(environment), false);
        if (folder.isEmpty()) {
            return new Slot.Absent();
        }
        if (!folder.get().isDirectory()) {
            return foreign("in a folder that is a link or a file, which is not followed");
        }
        Path path = path(environment, file);
        Optional<BasicFileAttributes> attributes = attributes(path, false);
        if (attributes.isEmpty()) {
            return new Slot.Absent();
        }
        if (!attributes.get().isRegularFile()) {
            return foreign(attributes.get().isSymbolicLink() ? "a symbolic link, which is not followed" : "no file");
        }
        if (attributes.get().size() > LiveYaml.LIMIT) {
            return foreign("too large to be one of ours");
        }
        return bytes(path).map(Folder::slot).orElseGet(Slot.Absent::new);
    }

    /** The hash of a file's bytes, "" where there is no file that could be ours. */
    String hash(Path path) throws IOException {
        Optional<BasicFileAttributes> attributes = attributes(path, false);
        boolean readable = attributes.isPresent()
                && attributes.get().isRegularFile()
                && attributes.get().size() <= LiveYaml.LIMIT;
        return readable ? bytes(path).map(CanonicalJson::hash).orElse("") : "";
    }

    private static Slot foreign(String what) {
        return new Slot.Foreign(what, Map.of(), "");
    }

    private static Slot slot(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String hash = CanonicalJson.hash(bytes);
        Optional<Map<String, Object>> tree = LiveYaml.parse(text);
        if (tree.isPresent()) {
            return Content.marked(tree.get())
                    ? new Slot.Ours(Content.read(tree.get()), hash)
                    : new Slot.Foreign("not written by Mergeway", tree.get(), hash);
        }
        return MARK.matcher(text).find()
                ? new Slot.Broken(LiveYaml.head(text).orElse(Map.of()), hash)
                : new Slot.Foreign("not written by Mergeway, and no YAML", Map.of(), hash);
    }

    private static Optional<byte[]> bytes(Path path) throws IOException {
        try (SeekableByteChannel channel =
                Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(LiveYaml.LIMIT, channel.size()));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // Until full or ended: a file may be cut while it is read.
            }
            byte[] bytes = new byte[buffer.flip().remaining()];
            buffer.get(bytes);
            return Optional.of(bytes);
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private static Optional<BasicFileAttributes> attributes(Path path, boolean follow) throws IOException {
        LinkOption[] options = follow ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, options));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /**
     * Writes a file whole or not at all. Its bytes are on the disk before it gets its name; that the name is too is left to
     * the file system, since a file that a power cut took away is found missing and written again.
     *
     * @param secret whether only our own user may read it
     * @param fresh whether there must be none yet
     * @throws FileAlreadyExistsException if there is one and it must be fresh
     */
    void write(String environment, String file, String text, boolean secret, boolean fresh) throws IOException {
        Path folder = Files.createDirectories(root).resolve(environment);
        if (attributes(folder, false).isEmpty()) {
            Files.createDirectory(folder);
        }
        Path temporary = Files.createDirectories(root.resolve(WRITING)).resolve(UUID.randomUUID() + ".tmp");
        try {
            fill(temporary, text.getBytes(StandardCharsets.UTF_8), secret);
            if (swept.compareAndSet(false, true)) {
                sweep(temporary);
            }
            Path path = folder.resolve(file);
            if (fresh) {
                Files.createLink(path, temporary);
            } else {
                Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Removes what a killed process left half written; how old that is, the disk's own clock says. */
    private static void sweep(Path fresh) throws IOException {
        long now = Files.getLastModifiedTime(fresh).toMillis();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(fresh.getParent(), "*.tmp")) {
            for (Path entry : entries) {
                if (now
                                - Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS)
                                        .toMillis()
                        > STALE_MILLIS) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }

    private static void fill(Path path, byte[] bytes, boolean secret) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(secret ? "rw-------" : "rw-r--r--"))
                }
                : new FileAttribute<?>[0];
        try (FileChannel channel =
                FileChannel.open(path, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), attributes)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Deletes a file, and the environment's folder with its last one. */
    void delete(String environment, String file) throws IOException {
        Files.deleteIfExists(path(environment, file));
        Path folder = root.resolve(environment);
        try {
            Files.deleteIfExists(folder);
        } catch (FileSystemException kept) {
            // Other files are in it, or it is gone already.
        }
    }
}
