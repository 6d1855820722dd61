package dev.mergeway.reconciler.directory;

import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** What went wrong with a file, in plain words. */
final class Words {
    private Words() {}

    /** The problem; trying again helps once somebody has made room or given permission. */
    static Problem problem(String tried, IOException failed) {
        return new Problem(Problem.Turn.PLATFORM, "Could not " + tried + ": " + reason(failed), "", true);
    }

    /** The target as a whole can't be asked. */
    static TargetException exception(String tried, IOException failed) {
        return new TargetException(problem(tried, failed), failed);
    }

    private static String reason(IOException failed) {
        if (failed instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile() + ". Give the service's user access to it.";
        }
        String message = failed instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            return "the disk is full. Make room and it goes on by itself.";
        }
        if (lower.contains("read-only file system")) {
            return "the file system is read-only. Mount it writable.";
        }
        return message;
    }
}
