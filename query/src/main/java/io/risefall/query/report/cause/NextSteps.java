package io.risefall.query.report.cause;

import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.schemas.key.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What to do next, with the real names filled in. A name that is none of HAProxy's never gets into a command. */
public final class NextSteps {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:][A-Za-z0-9_.:-]*");
    private static final String USUAL_SOCKET = "/run/haproxy/admin.sock";
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/._-]+");
    private static final Pattern PORT = Pattern.compile("[A-Za-z0-9.:\\[\\]-]+:\\d+");

    private NextSteps() {}

    static List<Step> of(Cause cause, CauseInputs facts) {
        ServerName name = facts.server();
        return cause == Cause.FOLLOWS
                ? List.of(new Step("Look at " + facts.via() + ", which it tracks.", null), ask(name, facts.socket()))
                : of(cause, name, new LoggedReach(name, facts.address(), facts.socket()));
    }

    /** What to do about any cause but {@link Cause#FOLLOWS}. */
    public static List<Step> of(Cause cause, ServerName name, Reach reach) {
        List<Step> steps = new ArrayList<>();
        if (cause == Cause.OPERATOR) {
            return List.of(
                    ask(name, reach.socket()),
                    new Step(
                            "Let the health checks decide again:",
                            socket(reach.socket(), "set server " + safe(name) + " health up")));
        }
        steps.add(ask(name, reach.socket()));
        steps.addAll(reach.address());
        switch (cause) {
            case SERVER_NOT_RUNNING -> {
                steps.add(new Step("Does anything listen? Run this on the HAProxy host.", reach.connect()));
                steps.add(new Step("On the server: is the service running, and on that port?", reach.listening()));
            }
            case WRONG_CHECK_PORT -> {
                steps.add(new Step("Does the check's port answer?", reach.connect()));
                steps.add(new Step(
                        "Compare port (and check port) on the server lines of " + part(name.proxy()) + " in"
                                + " haproxy.cfg:",
                        reach.section()));
            }
            case HEALTH_URI_FAILING -> {
                steps.add(new Step(
                        "What does the server answer?" + reach.aboutRequest(), reach.request("-v --max-time 5")));
                steps.add(new Step(
                        "Does http-check expect name the right status? If the URI has moved, change httpchk.", null));
            }
            case SERVICE_REFUSES -> {
                steps.add(new Step(
                        "Log in as the check does, from the HAProxy host: does the service give the same answer?",
                        null));
                steps.add(new Step(
                        "Read the service's own log, and compare the user and options of the check of"
                                + " " + part(name.proxy())
                                + " (option mysql-check, pgsql-check, redis-check, ldap-check, smtpchk):",
                        reach.section()));
            }
            case OTHER_ANSWER -> {
                steps.add(new Step(
                        "What does the check of " + part(name.proxy())
                                + " expect (http-check expect, tcp-check expect)?",
                        reach.section()));
                steps.add(new Step(
                        "Send the same request by hand and compare. If one server is up by design, as a leader"
                                + " among standbys, use --role-backend " + part(name.proxy()) + ".",
                        null));
            }
            case NETWORK -> {
                steps.add(new Step(
                        "Can the HAProxy host reach it? Run this on the host that sees the outage.", reach.connect()));
                steps.add(new Step("Where does the path end?", reach.path()));
                steps.add(new Step("Look for a firewall in between that drops or rejects the port.", null));
            }
            case TIMEOUT_TOO_SHORT -> {
                steps.add(new Step(
                        "How long does the answer take?",
                        reach.request("-sv -o /dev/null -w '%{time_total} s\\n' --max-time 30")));
                steps.add(new Step(
                        "If it is slow but healthy, raise timeout check (and inter), or allow more failures"
                                + " before DOWN: default-server inter 3s fall 3 rise 2.",
                        null));
            }
            case TLS -> {
                steps.add(new Step(
                        "Which certificate is it, when does it expire, and who issued it?", reach.certificate()));
                steps.add(new Step("Compare with verify, ca-file, check-sni and check-ssl on the server line.", null));
            }
            case PROTOCOL_MIX_UP -> {
                steps.add(new Step("Which protocol does it speak?", reach.plain()));
                steps.add(new Step("Compare with option httpchk, tcp-check and check-ssl in the backend.", null));
            }
            case TRAFFIC_FAILS -> {
                steps.add(new Step("Request what users request:", reach.page()));
                steps.add(new Step(
                        "Read the server's own log; error-limit and on-error set how soon HAProxy reacts.", null));
            }
            case AGENT_SAYS_DOWN ->
                steps.add(new Step(
                        "What does the agent say now? Its port is agent-port on the server line.", reach.agent()));
            case EXTERNAL_CHECK ->
                steps.add(new Step("Run the external-check command by hand, as HAProxy's user.", null));
            default -> steps.add(new Step("Does the port answer?", reach.connect()));
        }
        return steps;
    }

    static List<Step> forMaintenance(ServerName name) {
        return List.of(
                ask(name, null), new Step("When the work is done:", socket(null, "enable server " + safe(name))));
    }

    static List<Step> forDrain(ServerName name) {
        return List.of(
                ask(name, null),
                new Step(
                        "When it should take new sessions again:",
                        socket(null, "set server " + safe(name) + " state ready")));
    }

    static List<Step> forName(ServerName name) {
        return List.of(
                new Step("Which name does it wait for, and what do the resolvers say?", socket(null, "show resolvers")),
                new Step("Does the name resolve?", "dig +short NAME"),
                ask(name, null));
    }

    private static Step ask(ServerName name, @Nullable String socket) {
        return new Step("What does HAProxy think now?", socket(socket, "show servers state " + part(name.proxy())));
    }

    /**
     * A command for HAProxy.
     *
     * @param address its stats socket; null, or one that cannot be pasted: the usual one
     */
    static String socket(@Nullable String address, String command) {
        String where = address == null ? USUAL_SOCKET : address;
        String known =
                PATH.matcher(where).matches() ? where : PORT.matcher(where).matches() ? "TCP:" + where : USUAL_SOCKET;
        return "echo \"" + command + "\" | socat stdio " + known;
    }

    private static String safe(ServerName name) {
        return part(name.proxy()) + "/" + part(name.server());
    }

    static String part(String name) {
        return NAME.matcher(name).matches() ? name : "NAME";
    }
}
