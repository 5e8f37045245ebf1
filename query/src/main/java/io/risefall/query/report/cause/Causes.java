package io.risefall.query.report.cause;

import static io.risefall.query.report.cause.Diagnosis.Confidence.CERTAIN;
import static io.risefall.query.report.cause.Diagnosis.Confidence.LIKELY;
import static io.risefall.query.report.cause.Diagnosis.Confidence.NONE;
import static io.risefall.query.report.cause.Diagnosis.Confidence.POSSIBLE;

import io.risefall.query.report.cause.Diagnosis.Confidence;
import io.risefall.query.text.Printable;
import io.risefall.query.time.Durations;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names the cause of an outage from its facts. Pure rules, first match wins. Where two causes write the same lines, the
 * answer says so: slow and silent are both {@code L7TOUT}; an expired, a self-signed and a missing certificate are all
 * {@code L6RSP}; a connection closed without an answer is {@code L7RSP} up to HAProxy 2.6 and {@code SOCKERR} from 2.8.
 */
public final class Causes {
    private Causes() {}

    /** The cause of an outage. */
    public static Diagnosis of(CauseInputs facts) {
        if (facts.via() != null) {
            return say(facts, Cause.FOLLOWS, CERTAIN, "It tracks " + facts.via() + " and goes down with it.");
        }
        if (facts.changedFrom() != null) {
            return say(facts, Cause.OPERATOR, CERTAIN, "The log says: changed from " + facts.changedFrom() + ".");
        }
        if (facts.agent()) {
            return say(
                    facts, Cause.AGENT_SAYS_DOWN, CERTAIN, "The server's own agent reported it" + quoted(facts) + ".");
        }
        if (facts.reason() == null) {
            return say(facts, Cause.CANNOT_TELL, NONE, "No line gives a reason: the check line before it is missing.");
        }
        return switch (facts.reason()) {
            case L4CON -> connectionProblem(facts);
            case L4TOUT ->
                say(
                        facts,
                        Cause.NETWORK,
                        LIKELY,
                        "The connection attempt got no answer: packets are dropped, or the host is down."
                                + scope(facts));
            case L6RSP ->
                say(
                        facts,
                        Cause.TLS,
                        LIKELY,
                        "TCP connects, but TLS fails. The log looks the same for an expired, a self-signed and"
                                + " a missing certificate; openssl tells them apart.");
            case L6TOUT ->
                say(
                        facts,
                        Cause.TLS,
                        POSSIBLE,
                        "The TLS handshake timed out: the port speaks plain text, or the server hangs.");
            case L7STS -> answeredStatus(facts);
            case L7TOUT -> CheckAnswer.isAwaited(facts.info()) ? otherAnswer(facts) : slowAnswer(facts);
            case L7RSP ->
                CheckAnswer.isOtherContent(facts.info())
                        ? otherAnswer(facts)
                        : say(
                                facts,
                                Cause.PROTOCOL_MIX_UP,
                                POSSIBLE,
                                "The answer does not fit the check: HTTP instead of TCP or TLS or the reverse,"
                                        + " or (up to HAProxy 2.6) the server closed the connection without an"
                                        + " answer.");
            case HANA ->
                say(
                        facts,
                        Cause.TRAFFIC_FAILS,
                        CERTAIN,
                        "Live requests failed, although checks may still pass (option observe).");
            case PROCERR, PROCTOUT ->
                say(
                        facts,
                        Cause.EXTERNAL_CHECK,
                        LIKELY,
                        "The external check program "
                                + (facts.code() == null ? "failed." : "exited with " + facts.code() + "."));
            case SOCKERR ->
                say(
                        facts,
                        Cause.CANNOT_TELL,
                        NONE,
                        "A socket error: the server closed the connection without an answer (HAProxy 2.8 and"
                                + " later), or HAProxy itself ran out of ports or file descriptors.");
            case UNK, INI, CHECKED, L4OK, L6OK, L7OK, L7OKC, PROCOK ->
                say(facts, Cause.CANNOT_TELL, NONE, "The line's reason (" + facts.reason() + ") is not a failure.");
        };
    }

    /** What is behind maintenance or drain, from the words that began the state. */
    public static Diagnosis ofMaintenance(ServerName server, String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        boolean dns = lower.contains("dns") || lower.contains("no ip for server") || lower.contains("srv record");
        return dns
                ? new Diagnosis(Cause.DNS, CERTAIN, "HAProxy says: " + words + ".", NextSteps.forName(server))
                : new Diagnosis(
                        Cause.MAINTENANCE,
                        LIKELY,
                        "Someone took it out of service; it is not an outage.",
                        words.contains("drain") ? NextSteps.forDrain(server) : NextSteps.forMaintenance(server));
    }

    private static Diagnosis connectionProblem(CauseInputs facts) {
        if (facts.infoSays("no route to host") || facts.infoSays("unreachable")) {
            return say(facts, Cause.NETWORK, LIKELY, "The network reports" + quoted(facts) + "." + scope(facts));
        }
        if (facts.infoSays("refused") && facts.isWholeBackendNeverUp()) {
            return say(
                    facts,
                    Cause.WRONG_CHECK_PORT,
                    LIKELY,
                    "All " + facts.backendServers() + " servers of "
                            + facts.server().proxy() + " refuse the check, and the log never shows one of them up.");
        }
        if (facts.infoSays("refused") && facts.isSeenDownBySomeNodesOnly()) {
            return say(
                    facts,
                    Cause.NETWORK,
                    POSSIBLE,
                    "The connection was refused for only " + facts.nodesDown() + " of " + facts.nodes()
                            + " nodes: a firewall rejects it, or the server was just restarting.");
        }
        if (facts.infoSays("refused")) {
            return facts.wasUp()
                    ? say(
                            facts,
                            Cause.SERVER_NOT_RUNNING,
                            LIKELY,
                            "It was up before; now nothing listens on its port." + scope(facts))
                    : say(
                            facts,
                            Cause.SERVER_NOT_RUNNING,
                            POSSIBLE,
                            "Nothing listens on its port, and the log never shows it up before: the port may be"
                                    + " wrong.");
        }
        return say(
                facts,
                Cause.CANNOT_TELL,
                NONE,
                "The connection failed"
                        + (facts.info() == null ? ", and the log does not say how." : quoted(facts) + "."));
    }

    /** Not every status is HTTP's: checks of databases, mail servers and directories fail with the service's own codes. */
    private static Diagnosis answeredStatus(CauseInputs facts) {
        if (CheckAnswer.isHttpStatus(facts.code(), facts.info())) {
            return say(
                    facts,
                    Cause.HEALTH_URI_FAILING,
                    CERTAIN,
                    "The server answers with status " + facts.code() + ", but the check expects another answer."
                            + scope(facts));
        }
        boolean numbered = facts.code() != null && facts.code() > 0;
        return say(
                facts,
                Cause.SERVICE_REFUSES,
                LIKELY,
                "The service is running but refuses the check" + (numbered ? " with its error " + facts.code() : "")
                        + quoted(facts) + "." + scope(facts));
    }

    private static Diagnosis otherAnswer(CauseInputs facts) {
        boolean waited = facts.reason() == CheckStatus.L7TOUT;
        return say(
                facts,
                Cause.OTHER_ANSWER,
                waited ? POSSIBLE : LIKELY,
                (waited
                                ? "It accepted the connection, but the answer that the check expects did not"
                                        + " come in time: it answered something else, or not at all"
                                : "It answers, but not with the content that the check expects")
                        + quoted(facts)
                        + "."
                        + (CheckAnswer.isRole(facts.info())
                                ? " The check asks for a role: a standby answers like this by design. If one"
                                        + " server of the backend leads, use --role-backend "
                                        + facts.server().proxy() + "."
                                : "")
                        + scope(facts));
    }

    private static Diagnosis slowAnswer(CauseInputs facts) {
        Long failed = facts.failedCheckMs();
        Long passed = facts.slowestPassMs();
        if (failed != null && passed != null && passed * 2 >= failed) {
            return say(
                    facts,
                    Cause.TIMEOUT_TOO_SHORT,
                    LIKELY,
                    "The check gave up after " + Durations.text(failed) + ", but one shortly before passed after "
                            + Durations.text(passed) + ": the server is slow rather than dead.");
        }
        return say(
                facts,
                Cause.TIMEOUT_TOO_SHORT,
                POSSIBLE,
                "It accepts the connection but does not answer "
                        + (failed == null ? "in time" : "within " + Durations.text(failed))
                        + ". The log cannot tell a slow server from a silent one.");
    }

    private static String scope(CauseInputs facts) {
        if (facts.isSeenDownBySomeNodesOnly()) {
            return " Seen by only " + facts.nodesDown() + " of " + facts.nodes() + " nodes.";
        }
        if (facts.backendServers() > 1 && facts.backendAlike() >= facts.backendServers()) {
            return " All " + facts.backendServers() + " servers of "
                    + facts.server().proxy() + " are affected.";
        }
        return "";
    }

    private static String quoted(CauseInputs facts) {
        return facts.info() == null || facts.info().isEmpty() ? "" : ": “" + Printable.of(facts.info()) + "”";
    }

    private static Diagnosis say(CauseInputs facts, Cause cause, Confidence confidence, String why) {
        return new Diagnosis(cause, confidence, why, NextSteps.of(cause, facts));
    }

    /** Who changed it, where the reason in words is {@code changed from CLI}; null for a check's words. */
    public static @Nullable String changedFrom(@Nullable String reasonText) {
        String begin = "changed from ";
        return reasonText != null && reasonText.startsWith(begin) ? reasonText.substring(begin.length()) : null;
    }
}
