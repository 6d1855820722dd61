package dev.mergeway.reconciler.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Files that come with the program: read once, served by name, nothing else can be asked for. */
final class Assets {
    static final String STYLE = "text/css; charset=utf-8";
    static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final Map<String, Answer> FILES = Map.of(
            "style.css", read("style.css", STYLE),
            "live.js", read("live.js", SCRIPT),
            "icon.svg", read("icon.svg", "image/svg+xml"));
    private static final Answer OPENAPI = read("openapi.yaml", "application/yaml; charset=utf-8");

    private Assets() {}

    static Answer answer(Call call) throws Refusal {
        String name = call.name("name");
        Answer file = FILES.get(name);
        if (file == null) {
            throw Refusal.notFound("There is no asset called '" + name + "'.");
        }
        return file;
    }

    static Answer openApi() {
        return OPENAPI;
    }

    static Answer icon() throws Refusal {
        return answer(new Call("/favicon.ico", Map.of("name", "icon.svg"), Map.of(), new byte[0]));
    }

    private static Answer read(String name, String type) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: " + name + " is missing");
            }
            return Answer.text(type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
