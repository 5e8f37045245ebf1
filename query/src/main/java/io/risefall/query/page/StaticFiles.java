package io.risefall.query.page;

import io.risefall.query.http.Answer;
import io.risefall.query.http.Guard;
import io.risefall.query.http.Route;
import io.risefall.schemas.key.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Style and scripts of the pages, each at an address of its own content, so that a browser may keep it for good. Immutable. */
public final class StaticFiles {
    private static final String PATH = "/static/";
    private static final int DIGEST_CHARACTERS = 16;

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** All, in the order in which a page names them. */
    private static final List<String> NAMES =
            List.of("page.css", "htmx.min.js", "sse.min.js", "page.js", "query.js", "icon.svg");

    private record File(String address, String type, byte[] bytes) {}

    private final Map<String, File> byName = new LinkedHashMap<>();
    private final Map<String, File> byAddress = new LinkedHashMap<>();

    public StaticFiles() {
        for (String name : NAMES) {
            byte[] bytes = read(name);
            File file = new File(
                    Digests.sha256Hex(bytes).substring(0, DIGEST_CHARACTERS) + "/" + name,
                    TYPES.get(name.substring(name.lastIndexOf('.') + 1)),
                    bytes);
            byName.put(name, file);
            byAddress.put(file.address(), file);
        }
    }

    /** The path of a file, for templates. */
    public String url(String name) {
        File file = byName.get(name);
        if (file == null) {
            throw new IllegalArgumentException("no static file " + name);
        }
        return PATH + file.address();
    }

    Route route(Guard guard) {
        return new Route(PATH, "GET", guard, 0, request -> {
            File file = byAddress.get(String.join("/", request.rest()));
            if (file == null) {
                return CompletableFuture.completedStage(Answer.text(404, "no such file; load the page again"));
            }
            return CompletableFuture.completedStage(PageHeaders.on(Answer.of(file.type(), file.bytes()))
                    .with("Cache-Control", "public, max-age=31536000, immutable"));
        });
    }

    private static byte[] read(String name) {
        try (InputStream file = StaticFiles.class.getResourceAsStream("static/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the jar lacks the static file " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
