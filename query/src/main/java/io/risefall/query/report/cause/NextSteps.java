package io.risefall.query.report.cause;

import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.schemas.key.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What to do next, with the real names filled in. The log has no addresses, so the first command asks HAProxy for them
 * and the others use {@code $A} and {@code $P}. A name that is none of HAProxy's never gets into a command.
 */
final class NextSteps {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:][A-Za-z0-9_.:-]*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]+");
    private static final String SOCKET = "socat stdio /run/haproxy/admin.sock";

    private NextSteps() {}

    static List<Step> of(Cause cause, CauseInputs facts) {
        ServerName name = facts.server();
        List<Step> steps = new ArrayList<>();
        if (cause == Cause.FOLLOWS) {
            return List.of(new Step("Look at " + facts.via() + ", which it tracks.", null), ask(name));
        }
        if (cause == Cause.OPERATOR) {
            return List.of(
                    ask(name),
                    new Step("Let the health checks decide again:", socket("set server " + safe(name) + " health up")));
        }
        steps.add(ask(name));
        steps.add(address(facts));
        switch (cause) {
            case SERVER_NOT_RUNNING -> {
                steps.add(new Step("Does anything listen? Run this on the HAProxy host.", "nc -zv -w 3 $A $P"));
                steps.add(new Step(
                        "On the server: is the service running, and on that port?", "ss -ltnp | grep \":$P \""));
            }
            case WRONG_CHECK_PORT -> {
                steps.add(new Step("Does the check's port answer?", "nc -zv -w 3 $A $P"));
                steps.add(new Step(
                        "Compare port (and check port) on the server lines of " + part(name.proxy()) + " in"
                                + " haproxy.cfg:",
                        "grep -n -A 20 'backend " + part(name.proxy()) + "' /etc/haproxy/haproxy.cfg"));
            }
            case HEALTH_URI_FAILING -> {
                steps.add(new Step(
                        "What does the server answer? Use the URI and Host of option httpchk.",
                        "curl -v --max-time 5 http://$A:$P/health"));
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
                        "grep -n -A 20 'backend " + part(name.proxy()) + "' /etc/haproxy/haproxy.cfg"));
            }
            case OTHER_ANSWER -> {
                steps.add(new Step(
                        "What does the check of " + part(name.proxy())
                                + " expect (http-check expect, tcp-check expect)?",
                        "grep -n -A 20 'backend " + part(name.proxy()) + "' /etc/haproxy/haproxy.cfg"));
                steps.add(new Step(
                        "Send the same request by hand and compare. If one server is up by design, as a leader"
                                + " among standbys, use --role-backend " + part(name.proxy()) + ".",
                        null));
            }
            case NETWORK -> {
                steps.add(new Step(
                        "Can the HAProxy host reach it? Run this on the host that sees the outage.",
                        "nc -zv -w 3 $A $P"));
                steps.add(new Step("Where does the path end?", "tracepath -n $A"));
                steps.add(new Step("Look for a firewall in between that drops or rejects the port.", null));
            }
            case TIMEOUT_TOO_SHORT -> {
                steps.add(new Step(
                        "How long does the answer take?",
                        "curl -sv -o /dev/null -w '%{time_total} s\\n' --max-time 30 http://$A:$P/health"));
                steps.add(new Step(
                        "If it is slow but healthy, raise timeout check (and inter), or allow more failures"
                                + " before DOWN: default-server inter 3s fall 3 rise 2.",
                        null));
            }
            case TLS -> {
                steps.add(new Step(
                        "Which certificate is it, when does it expire, and who issued it?",
                        "openssl s_client -connect $A:$P -servername NAME </dev/null | openssl x509 -noout -subject"
                                + " -issuer -dates"));
                steps.add(new Step("Compare with verify, ca-file, check-sni and check-ssl on the server line.", null));
            }
            case PROTOCOL_MIX_UP -> {
                steps.add(new Step("Which protocol does it speak?", "curl -v --max-time 5 http://$A:$P/"));
                steps.add(new Step("Compare with option httpchk, tcp-check and check-ssl in the backend.", null));
            }
            case TRAFFIC_FAILS -> {
                steps.add(new Step("Request what users request:", "curl -v --max-time 5 http://$A:$P/"));
                steps.add(new Step(
                        "Read the server's own log; error-limit and on-error set how soon HAProxy reacts.", null));
            }
            case AGENT_SAYS_DOWN ->
                steps.add(new Step(
                        "What does the agent say now? Its port is agent-port on the server line.",
                        "nc -w 3 $A AGENT_PORT </dev/null"));
            case EXTERNAL_CHECK ->
                steps.add(new Step("Run the external-check command by hand, as HAProxy's user.", null));
            default -> steps.add(new Step("Does the port answer?", "nc -zv -w 3 $A $P"));
        }
        return steps;
    }

    static List<Step> forMaintenance(ServerName name) {
        return List.of(ask(name), new Step("When the work is done:", socket("enable server " + safe(name))));
    }

    static List<Step> forDrain(ServerName name) {
        return List.of(
                ask(name),
                new Step(
                        "When it should take new sessions again:",
                        socket("set server " + safe(name) + " state ready")));
    }

    static List<Step> forName(ServerName name) {
        return List.of(
                new Step("Which name does it wait for, and what do the resolvers say?", socket("show resolvers")),
                new Step("Does the name resolve?", "dig +short NAME"),
                ask(name));
    }

    private static Step ask(ServerName name) {
        return new Step("What does HAProxy think now?", socket("show servers state " + part(name.proxy())));
    }

    private static Step address(CauseInputs facts) {
        String known = facts.address();
        String how = socket("show servers state " + part(facts.server().proxy())) + " | awk '$4 == \""
                + part(facts.server().server()) + "\" {print \"A=\" $5 \" P=\" ($22 > 0 ? $22 : $19)}'";
        if (known != null && ADDRESS.matcher(known).matches()) {
            return new Step(
                    "Its address was " + known + " when the log last named it. Address and port now:",
                    "eval \"$(" + how + ")\"");
        }
        return new Step("The log has no addresses. Get the address and port from HAProxy:", "eval \"$(" + how + ")\"");
    }

    private static String socket(String command) {
        return "echo \"" + command + "\" | " + SOCKET;
    }

    private static String safe(ServerName name) {
        return part(name.proxy()) + "/" + part(name.server());
    }

    private static String part(String name) {
        return NAME.matcher(name).matches() ? name : "NAME";
    }
}
