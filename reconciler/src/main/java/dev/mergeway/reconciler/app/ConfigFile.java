package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values in the server's configuration file, by pointers below its {@code spec}; gathers what is wrong with them. */
final class ConfigFile {
    /** What stands for a secret that nobody asked for. */
    static final String UNREAD = "unread";

    private final Path base;
    private final Document document;
    private final Map<String, Object> spec;
    private final Function<String, @Nullable String> environment;
    private final boolean secrets;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * A file that its schema finds right.
     *
     * @param base the folder that paths are relative to
     * @param environment environment variables by name
     * @param secrets whether files of secrets are read
     */
    ConfigFile(Path base, Document document, Function<String, @Nullable String> environment, boolean secrets) {
        this.base = base;
        this.document = document;
        this.spec = Trees.mapping(document.root(), "/spec");
        this.environment = environment;
        this.secrets = secrets;
    }

    /** What was found wrong so far. */
    List<Finding> findings() {
        return findings;
    }

    /** A secret from where the file says; "" where it says nothing. */
    String secret(String pointer) {
        String variable = text(pointer + "/env", "");
        String file = text(pointer + "/file", "");
        if (!variable.isEmpty()) {
            String value = variable(variable);
            if (value == null || value.isEmpty()) {
                wrong(pointer, "Environment variable " + variable + " is not set.", "Set it to the secret.");
                return "";
            }
            return value;
        }
        if (file.isEmpty()) {
            return "";
        }
        try {
            return secrets ? Files.readString(path(file)).strip() : UNREAD;
        } catch (IOException e) {
            wrong(
                    pointer,
                    "The secret's file " + file + " cannot be read.",
                    "Put the secret, and nothing else, into it.");
            return "";
        }
    }

    /** Notes what is wrong with the file. */
    void wrong(String pointer, String message, String hint) {
        findings.add(document.finding(Severity.ERROR, "/spec" + pointer, "server/wrong", message, hint));
    }

    /** The text at a pointer. */
    String text(String pointer, String otherwise) {
        Object value = Trees.at(spec, pointer);
        return value == null || value instanceof Map || value instanceof List ? otherwise : value.toString();
    }

    /** The number at a pointer. */
    int number(String pointer, int otherwise) {
        return Trees.at(spec, pointer) instanceof Number number ? number.intValue() : otherwise;
    }

    /** The length of the list at a pointer, 0 where there is none. */
    int size(String pointer) {
        return Trees.at(spec, pointer) instanceof List<?> list ? list.size() : 0;
    }

    /** A path as the file means it. */
    Path path(String text) {
        return base.resolve(text).normalize();
    }

    /** The texts of the list at a pointer. */
    List<String> texts(String pointer) {
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < size(pointer); index++) {
            texts.add(text(pointer + "/" + index, ""));
        }
        return texts;
    }

    /** An environment variable. */
    @Nullable
    String variable(String name) {
        return environment.apply(name);
    }
}
