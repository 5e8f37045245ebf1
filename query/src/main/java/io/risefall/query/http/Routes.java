package io.risefall.query.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that a {@link WebServer} answers, by path and method. */
final class Routes {
    private final Map<String, List<Route>> byPath;

    Routes(Collection<Route> routes) {
        byPath = routes.stream().collect(Collectors.groupingBy(Route::path, TreeMap::new, Collectors.toList()));
    }

    /**
     * What a request comes to.
     *
     * @param route null where it is refused
     * @param refusal null where it is not
     */
    record Found(@Nullable Route route, @Nullable Answer refusal) {}

    /** Who asks is settled before all else, so that the refused learn nothing. */
    Found find(HttpRequest request, String remote) {
        List<Route> here = at(path(request.uri()));
        if (here.isEmpty()) {
            return refused(Answer.text(404, "nothing at this path"));
        }
        // A HEAD is answered like a GET, without the body.
        String method = request.method().equals(HttpMethod.HEAD)
                ? "GET"
                : request.method().name();
        Route route = here.stream()
                .filter(one -> one.method().equals(method))
                .findFirst()
                .orElse(here.get(0));
        Answer shut = route.guard().refusal(request, remote);
        if (shut != null) {
            return refused(shut);
        }
        if (!route.method().equals(method)) {
            String allowed = here.stream().map(Route::method).collect(Collectors.joining(", "));
            return refused(Answer.text(405, "use " + allowed).with("Allow", allowed));
        }
        return HttpUtil.getContentLength(request, 0L) > route.bodyBytes()
                ? refused(tooLong(route))
                : new Found(route, null);
    }

    static Answer tooLong(Route route) {
        return Answer.text(413, "the request is longer than " + route.bodyBytes() + " bytes");
    }

    private static Found refused(Answer why) {
        return new Found(null, why);
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private List<Route> at(String path) {
        List<Route> exact = byPath.get(path);
        for (int slash = path.lastIndexOf('/'); exact == null && slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            exact = byPath.get(path.substring(0, slash + 1));
        }
        return exact == null ? List.of() : exact;
    }
}
