package io.risefall.query.report.cause;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a check's code and info tell of the kind of check. HAProxy names HTTP, SMTP, MySQL, PostgreSQL, Redis and LDAP checks
 * by the same {@code L7STS}; their codes and words differ ({@code tcpcheck.c}; {@code checks.c} up to 2.1).
 */
final class CheckAnswer {
    private static final int FIRST_HTTP = 100;
    private static final int LAST_HTTP = 599;

    /** Replies of SMTP (RFC 5321, 4954) that are no status of HTTP. */
    private static final Set<Integer> MAIL_ONLY =
            Set.of(450, 452, 454, 455, 530, 534, 535, 550, 551, 552, 553, 554, 555);
    /** Those of SMTP begin their text with an enhanced code (RFC 3463). */
    private static final Pattern ENHANCED = Pattern.compile("^[245]\\.\\d{1,3}\\.\\d{1,3}\\b.*");

    /** {@code at step 6 of tcp-check (expect string 'role:master')}. */
    private static final Pattern EXPECTING = Pattern.compile("at step \\d+ of tcp-check \\((?:expect|.*\\bexpect) .*");

    private static final Pattern ROLE = Pattern.compile(
            ".*\\b(role|master|primary|leader|slave|standby|replica|read[-_ ]only|writable|recovery)\\b.*");

    private CheckAnswer() {}

    /** Whether the status is one of HTTP, and not a number of another protocol. */
    static boolean isHttpStatus(@Nullable Integer code, @Nullable String info) {
        return code != null
                && code >= FIRST_HTTP
                && code <= LAST_HTTP
                && !MAIL_ONLY.contains(code)
                && (info == null || !ENHANCED.matcher(info).matches());
    }

    /** Whether an answer came and its content is not what the check wants. */
    static boolean isOtherContent(@Nullable String info) {
        String words = lower(info);
        return words.contains("did not match")
                || words.contains("matched unwanted content")
                || words.contains("could not find a response body")
                || isAwaited(info);
    }

    /** Whether the check was waiting for a content. */
    static boolean isAwaited(@Nullable String info) {
        return EXPECTING.matcher(lower(info).strip()).matches();
    }

    /** Whether the content is about which of several servers leads. */
    static boolean isRole(@Nullable String info) {
        return ROLE.matcher(lower(info)).matches();
    }

    private static String lower(@Nullable String info) {
        return info == null ? "" : info.toLowerCase(Locale.ROOT);
    }
}
