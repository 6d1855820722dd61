package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.cli.VersionCommand;
import dev.mergeway.reconciler.port.Cache;
import dev.mergeway.reconciler.store.FolderCache;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** Which build of Mergeway runs. */
final class Build {
    private Build() {}

    /** A cache of this build; one that keeps nothing where it runs from classes, which change without a version. */
    static Cache cache(Path folder) {
        CodeSource source = Build.class.getProtectionDomain().getCodeSource();
        try {
            Path jar = source == null ? folder : Path.of(source.getLocation().toURI());
            return Files.isRegularFile(jar) ? new FolderCache(folder, id(jar)) : Cache.NONE;
        } catch (URISyntaxException | IOException e) {
            return Cache.NONE;
        }
    }

    /** A build of the same version differs in the time or size of its file. */
    private static String id(Path jar) throws IOException {
        return VersionCommand.version() + ' ' + Files.getLastModifiedTime(jar).toMillis() + ' ' + Files.size(jar);
    }
}
