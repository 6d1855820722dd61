package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.port.Cache;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file for each name, replaced as a whole. It says which build wrote it and ends in a checksum; one that does not fit is
 * not there.
 */
public final class FolderCache implements Cache {
    private static final Logger LOG = LoggerFactory.getLogger(FolderCache.class);
    private static final long LARGEST = 256L << 20;

    private final Path folder;
    private final String build;

    /**
     * A cache in a folder, which is made when something is kept.
     *
     * @param folder where; nobody else writes there
     * @param build tells this build from others: what another one kept may mean something else
     */
    public FolderCache(Path folder, String build) {
        this.folder = folder;
        this.build = build;
    }

    private Path file(String name) {
        return folder.resolve(URLEncoder.encode(name, StandardCharsets.UTF_8) + ".bin");
    }

    @Override
    public Optional<byte[]> load(String name) {
        Path file = file(name);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
            boolean ours = in.readUTF().equals(build);
            long checksum = in.readLong();
            byte[] bytes = in.readAllBytes();
            return ours && checksum == checksum(bytes) ? Optional.of(bytes) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} cannot be read and is made again", file, e);
            return Optional.empty();
        }
    }

    @Override
    public void keep(String name, byte[] bytes) {
        Path file = file(name);
        try {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(head);
            out.writeUTF(build);
            out.writeLong(checksum(bytes));
            out.write(bytes);
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "keeping", ".tmp");
            Files.write(fresh, head.toByteArray());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be written; the next start takes longer: {}", file, e.getMessage());
        }
    }

    private static long checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
