package io.risefall.query.report.cause;

import io.risefall.query.time.Durations;
import java.util.ArrayList;
import java.util.List;

/** What speaks against a cause, and what would settle it. Pure rules, from the same facts as {@link Causes}. */
public final class CounterEvidence {
    private CounterEvidence() {}

    /** What speaks against it, or could write the same lines; empty where a line says the cause. */
    public static List<String> against(Cause cause, CauseInputs facts) {
        List<String> against = new ArrayList<>();
        switch (cause) {
            case SERVER_NOT_RUNNING -> {
                if (facts.isSeenDownBySomeNodesOnly()) {
                    against.add(otherNodes(facts));
                }
                against.add("A firewall that rejects connections refuses them in the same way.");
                if (!facts.wasUp()) {
                    against.add("The log never shows it up, so the port of the check may be wrong.");
                }
            }
            case WRONG_CHECK_PORT ->
                against.add("Servers that have not been started yet refuse connections in the same way.");
            case NETWORK -> {
                if (facts.nodes() == 1) {
                    against.add("Only one node tells of it, so the log cannot compare two paths to the server.");
                } else if (!facts.isSeenDownBySomeNodesOnly()) {
                    against.add("All " + facts.nodes() + " nodes have it down: a host that is off looks the same.");
                }
                if (facts.backendServers() > 1 && facts.backendAlike() < facts.backendServers()) {
                    against.add((facts.backendServers() - facts.backendAlike()) + " of " + facts.backendServers()
                            + " servers of the backend do not fail in this way at that time.");
                }
            }
            case TIMEOUT_TOO_SHORT -> {
                Long passed = facts.slowestPassMs();
                if (passed == null) {
                    against.add("No check that passed is logged in the 15 minutes before, so nothing shows that it was"
                            + " slow before it failed.");
                } else if (facts.failedCheckMs() != null && passed * 2 < facts.failedCheckMs()) {
                    against.add("The slowest check that passed before took only " + Durations.text(passed) + ".");
                }
                against.add("A server that hangs looks the same as one that is slow.");
            }
            case TLS -> {
                if (facts.wasUp()) {
                    against.add("It was up before: a certificate that was wrong all along would have failed then.");
                }
            }
            case PROTOCOL_MIX_UP -> {
                if (facts.wasUp()) {
                    against.add("It was up before: a check that never fitted would have failed then.");
                }
                against.add("A service that breaks off its answers looks the same.");
            }
            case OTHER_ANSWER, SERVICE_REFUSES, EXTERNAL_CHECK -> {
                if (!facts.wasUp()) {
                    against.add("The log never shows it up: the check itself may expect the wrong thing.");
                }
            }
            case HEALTH_URI_FAILING -> {
                if (!facts.wasUp()) {
                    against.add("The log never shows it up: the check may ask for the wrong path or host name.");
                }
            }
            case AGENT_SAYS_DOWN, FOLLOWS, OPERATOR, DNS, MAINTENANCE, TRAFFIC_FAILS, CANNOT_TELL -> {
                // A line says so, or nothing does.
            }
        }
        return against;
    }

    /** What would settle it, in one sentence. */
    public static String settledBy(Cause cause) {
        return switch (cause) {
            case SERVER_NOT_RUNNING ->
                "On the server's host, ss -ltn shows whether anything listens on the port: if so, look at the firewall or"
                        + " the port of the check.";
            case WRONG_CHECK_PORT ->
                "Compare the port of show servers state with what ss -ltn shows on the servers' hosts.";
            case NETWORK ->
                "A connection from each HAProxy host to the port: if one host gets through, it is the path of the others.";
            case TIMEOUT_TOO_SHORT ->
                "The time that the check's request takes now, from the HAProxy host, against timeout check.";
            case TLS -> "What openssl s_client says of the certificate's dates, names and issuer.";
            case PROTOCOL_MIX_UP -> "What the port answers to a plain request, and to one with TLS.";
            case HEALTH_URI_FAILING -> "The answer to the check's own request, with its host header.";
            case SERVICE_REFUSES, OTHER_ANSWER -> "The check's own dialogue, by hand, with the same user and database.";
            case EXTERNAL_CHECK -> "The exit code of the program, run as HAProxy's user with the same arguments.";
            case AGENT_SAYS_DOWN -> "What the agent says now, and its own log.";
            case FOLLOWS -> "The cause of the server that it tracks.";
            case OPERATOR, MAINTENANCE -> "Who was on the runtime API or the stats page at that time.";
            case DNS -> "What the resolvers answer for the server's name.";
            case TRAFFIC_FAILS -> "The server's own log of the requests that failed.";
            case CANNOT_TELL -> "option log-health-checks, so that the next time the failed checks are in the log.";
        };
    }

    private static String otherNodes(CauseInputs facts) {
        return (facts.nodes() - facts.nodesDown()) + " of " + facts.nodes() + " nodes have it up.";
    }
}
