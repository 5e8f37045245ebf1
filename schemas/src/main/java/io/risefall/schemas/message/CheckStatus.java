package io.risefall.schemas.message;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HAProxy's result of one check: the short code shown in {@code show stat} and the long text printed in the log.
 * Source: {@code check_statuses[]} in {@code check.c} (1.5 to 3.5).
 */
public enum CheckStatus {
    UNK("Unknown", Result.NONE),
    INI("Initializing", Result.NONE),
    CHECKED("No status change", Result.NONE),
    HANA("Health analyze", Result.FAILED),
    SOCKERR("Socket error", Result.FAILED),
    L4OK("Layer4 check passed", Result.PASSED),
    L4TOUT("Layer4 timeout", Result.FAILED),
    L4CON("Layer4 connection problem", Result.FAILED),
    L6OK("Layer6 check passed", Result.PASSED),
    L6TOUT("Layer6 timeout", Result.FAILED),
    L6RSP("Layer6 invalid response", Result.FAILED),
    L7TOUT("Layer7 timeout", Result.FAILED),
    L7RSP("Layer7 invalid response", Result.FAILED),
    L7OK("Layer7 check passed", Result.PASSED),
    L7OKC("Layer7 check conditionally passed", Result.CONDITIONAL),
    L7STS("Layer7 wrong status", Result.FAILED),
    PROCERR("External check error", Result.FAILED),
    PROCTOUT("External check timeout", Result.FAILED),
    PROCOK("External check passed", Result.PASSED);

    /** What a status says of the server. */
    public enum Result {
        NONE,
        PASSED,
        CONDITIONAL,
        FAILED
    }

    private static final Map<String, CheckStatus> BY_TEXT = new HashMap<>();

    static {
        for (CheckStatus status : values()) {
            BY_TEXT.put(status.text, status);
        }
    }

    private final String text;
    private final Result result;

    CheckStatus(String text, Result result) {
        this.text = text;
        this.result = result;
    }

    /** The words of the log, as {@code Layer4 connection problem}. */
    public String text() {
        return text;
    }

    public Result result() {
        return result;
    }

    /** The status whose log text is exactly {@code text}, or null: HAProxy has no other. */
    public static @Nullable CheckStatus ofText(String text) {
        return BY_TEXT.get(text);
    }
}
