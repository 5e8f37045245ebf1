package io.risefall.query.haproxy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request of an HTTP check. What a log format of HAProxy makes of a value is known only to HAProxy.
 *
 * @param method null: not known
 * @param uri null: not known
 * @param body whether it has one
 * @param place the last line that says something of it
 */
public record HttpRequest(
        @Nullable String method, @Nullable String uri, List<Header> headers, boolean body, Place place) {
    /** What HAProxy asks where nothing else is said. */
    static final String METHOD = "OPTIONS";

    static final String URI = "/";

    public HttpRequest {
        headers = List.copyOf(headers);
    }

    /**
     * A header.
     *
     * @param value null: not known
     */
    public record Header(String name, @Nullable String value) {}

    /** A part of a request while its lines are read; null: not said. */
    static final class Draft {
        @Nullable Configured<String> method;

        @Nullable Configured<String> uri;

        List<Header> headers = new ArrayList<>();
        boolean body;
        Place place;

        Draft(Place place) {
            this.place = place;
        }

        /** {@code option httpchk [[METHOD] URI [VERSION]]}; headers may hide behind the version, as up to HAProxy 2.1. */
        static Draft ofOption(ConfigLine line) {
            Draft draft = new Draft(line.place());
            int words = line.words().size();
            if (words == 1) {
                draft.uri = line.sets(line.word(0), line.text(0));
                draft.method = line.sets(METHOD);
            } else if (words > 1) {
                draft.method = line.sets(line.word(0), line.text(0));
                draft.uri = line.sets(line.word(1), line.text(1));
                draft.headers.addAll(behindVersion(line));
            }
            return draft;
        }

        private static List<Header> behindVersion(ConfigLine line) {
            List<Header> headers = new ArrayList<>();
            List<String> version = line.text(2).lines().toList();
            for (String field : version.subList(Math.min(1, version.size()), version.size())) {
                int colon = field.indexOf(':');
                if (colon > 0) {
                    boolean known = line.certain() && line.word(2).known();
                    headers.add(new Header(
                            field.substring(0, colon),
                            known ? field.substring(colon + 1).strip() : null));
                }
            }
            return headers;
        }

        /** What follows {@code http-check send}. */
        static Draft ofSend(ConfigLine line) {
            Draft draft = new Draft(line.place());
            int at = 0;
            while (at < line.words().size()) {
                Word value = line.word(at + 1);
                switch (line.text(at)) {
                    case "meth" -> draft.method = line.sets(value, value.text());
                    case "uri" -> draft.uri = line.sets(value, value.text());
                    case "uri-lf" -> draft.uri = new Configured<>(literal(line, value), line.place());
                    case "hdr" -> {
                        draft.headers.add(new Header(value.text(), literal(line, line.word(at + 2))));
                        at++;
                    }
                    case "body", "body-lf" -> draft.body = true;
                    default -> {
                        // ver and comment, each with a value
                    }
                }
                at += 2;
            }
            return draft;
        }

        /** The value of a log format in which nothing is computed; else null. */
        private static @Nullable String literal(ConfigLine line, Word format) {
            String text = format.text().replace("%%", "");
            return line.certain() && format.known() && !text.contains("%")
                    ? format.text().replace("%%", "%")
                    : null;
        }

        /** This, and what only the other says. */
        Draft over(Draft other) {
            Draft both = new Draft(place);
            both.method = method == null ? other.method : method;
            both.uri = uri == null ? other.uri : uri;
            both.headers = headers.isEmpty() ? other.headers : headers;
            both.body = body || other.body;
            return both;
        }

        HttpRequest request() {
            return new HttpRequest(
                    method == null ? METHOD : method.value(), uri == null ? URI : uri.value(), headers, body, place);
        }
    }
}
