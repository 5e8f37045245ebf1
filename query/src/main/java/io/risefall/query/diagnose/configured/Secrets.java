package io.risefall.query.diagnose.configured;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What of a check's request may be printed. What is not known to be harmless is not. */
public final class Secrets {
    private static final Set<String> HARMLESS_HEADERS = Set.of(
            "host",
            "user-agent",
            "accept",
            "accept-encoding",
            "accept-language",
            "connection",
            "content-type",
            "cache-control",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto");

    /** A value of a query that is longer, or that has such a name, may be a token. */
    private static final Pattern QUERY_SECRET = Pattern.compile(
            "(?i)([?&;][^=&;]*(?:key|token|secret|pass|pwd|auth|sig|cred|session)[^=&;]*=)[^&;#]*|([?&;][^=&;]*=)[^&;#]{16,}");

    private static final Pattern USER = Pattern.compile("//[^/@?#]*@");

    private Secrets() {}

    public static boolean mayShow(String header) {
        return HARMLESS_HEADERS.contains(header.toLowerCase(Locale.ROOT));
    }

    /** The URI, with dots for what may be secret. */
    static String uri(String uri) {
        return QUERY_SECRET
                .matcher(USER.matcher(uri).replaceAll("//...@"))
                .replaceAll(found -> (found.group(1) == null ? found.group(2) : found.group(1)) + "...");
    }
}
