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
            return say(facts, Cause.OPERATOR, CERTAIN, "The line says: changed from " + facts.changedFrom() + ".");
        }
        if (facts.agent()) {
            return say(
                    facts, Cause.AGENT_SAYS_DOWN, CERTAIN, "The server's own agent asked for it" + quoted(facts) + ".");
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
                        "Connecting got no answer at all: packets are dropped, or the host is off." + scope(facts));
            case L6RSP ->
                say(
                        facts,
                        Cause.TLS,
                        LIKELY,
                        "The TCP connection works, TLS does not. The log says the same for an expired, a self-signed and a"
                                + " missing certificate; openssl tells them apart.");
            case L6TOUT ->
                say(
                        facts,
                        Cause.TLS,
                        POSSIBLE,
                        "The TLS handshake got no answer in time: a plain-text port, or a server that hangs.");
            case L7STS -> answeredStatus(facts);
            case L7TOUT -> CheckAnswer.isAwaited(facts.info()) ? otherAnswer(facts) : slowAnswer(facts);
            case L7RSP ->
                CheckAnswer.isOtherContent(facts.info())
                        ? otherAnswer(facts)
                        : say(
                                facts,
                                Cause.PROTOCOL_MIX_UP,
                                POSSIBLE,
                                "It answered something else than the check expects: HTTP against TCP or TLS, or (up to "
                                        + "HAProxy 2.6) it closed the connection without an answer.");
            case HANA ->
                say(
                        facts,
                        Cause.TRAFFIC_FAILS,
                        CERTAIN,
                        "Requests of real users failed while checks may still pass (option observe).");
            case PROCERR, PROCTOUT ->
                say(
                        facts,
                        Cause.EXTERNAL_CHECK,
                        LIKELY,
                        "The external check program "
                                + (facts.code() == null ? "failed." : "ended with " + facts.code() + "."));
            case SOCKERR ->
                say(
                        facts,
                        Cause.CANNOT_TELL,
                        NONE,
                        "A socket error: the server closed without an answer (HAProxy 2.8 and later), or HAProxy itself has no"
                                + " free port or file.");
            case UNK, INI, CHECKED, L4OK, L6OK, L7OK, L7OKC, PROCOK ->
                say(facts, Cause.CANNOT_TELL, NONE, "The line's reason (" + facts.reason() + ") is no failure.");
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
            return say(facts, Cause.NETWORK, LIKELY, "The network says" + quoted(facts) + "." + scope(facts));
        }
        if (facts.infoSays("refused") && facts.isWholeBackendNeverUp()) {
            return say(
                    facts,
                    Cause.WRONG_CHECK_PORT,
                    LIKELY,
                    "All " + facts.backendServers() + " servers of "
                            + facts.server().proxy() + " refuse the check, and the log never saw one of them up.");
        }
        if (facts.infoSays("refused") && facts.isSeenDownBySomeNodesOnly()) {
            return say(
                    facts,
                    Cause.NETWORK,
                    POSSIBLE,
                    "The connection was refused, but only for " + facts.nodesDown() + " of " + facts.nodes()
                            + " nodes: a firewall that rejects, or a server that just restarts.");
        }
        if (facts.infoSays("refused")) {
            return facts.wasUp()
                    ? say(
                            facts,
                            Cause.SERVER_NOT_RUNNING,
                            LIKELY,
                            "It was up before, and now nothing listens on its port." + scope(facts))
                    : say(
                            facts,
                            Cause.SERVER_NOT_RUNNING,
                            POSSIBLE,
                            "Nothing listens on its port, and the log never saw it up before: the port may also be wrong.");
        }
        return say(
                facts,
                Cause.CANNOT_TELL,
                NONE,
                "The connection failed" + (facts.info() == null ? ", and no line says how." : quoted(facts) + "."));
    }

    /** Not every status is HTTP's: checks of databases, mail servers and directories fail with the service's own codes. */
    private static Diagnosis answeredStatus(CauseInputs facts) {
        if (CheckAnswer.isHttpStatus(facts.code(), facts.info())) {
            return say(
                    facts,
                    Cause.HEALTH_URI_FAILING,
                    CERTAIN,
                    "The server answers with status " + facts.code() + ", and the check wants another answer."
                            + scope(facts));
        }
        boolean numbered = facts.code() != null && facts.code() > 0;
        return say(
                facts,
                Cause.SERVICE_REFUSES,
                LIKELY,
                "The service is there and refuses the check" + (numbered ? " with its error " + facts.code() : "")
                        + quoted(facts) + "." + scope(facts));
    }

    private static Diagnosis otherAnswer(CauseInputs facts) {
        boolean waited = facts.reason() == CheckStatus.L7TOUT;
        return say(
                facts,
                Cause.OTHER_ANSWER,
                waited ? POSSIBLE : LIKELY,
                (waited
                                ? "It took the connection, and what the check waits for did not come in time: it answered "
                                        + "something else, or not at all"
                                : "It answers, but not with the content that the check expects")
                        + quoted(facts)
                        + "."
                        + (CheckAnswer.isRole(facts.info())
                                ? " The check asks for a role: a standby answers so by design. If one server of the "
                                        + "backend leads, say --role-backend "
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
                    "It was given up after " + Durations.text(failed) + ", and a check shortly before passed after "
                            + Durations.text(passed) + ": it is slow rather than dead.");
        }
        return say(
                facts,
                Cause.TIMEOUT_TOO_SHORT,
                POSSIBLE,
                "It accepts the connection and does not answer "
                        + (failed == null ? "in time" : "within " + Durations.text(failed))
                        + ". The log cannot tell a slow server from a silent one.");
    }

    private static String scope(CauseInputs facts) {
        if (facts.isSeenDownBySomeNodesOnly()) {
            return " Only " + facts.nodesDown() + " of " + facts.nodes() + " nodes see it.";
        }
        if (facts.backendServers() > 1 && facts.backendAlike() >= facts.backendServers()) {
            return " All " + facts.backendServers() + " servers of "
                    + facts.server().proxy() + " have it.";
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
