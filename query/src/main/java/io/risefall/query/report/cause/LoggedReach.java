package io.risefall.query.report.cause;

import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.schemas.key.ServerName;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By what the log tells. It has no addresses, so the first command asks HAProxy for them and the others use {@code $A} and {@code $P}.
 *
 * @param socket HAProxy's stats socket; null: not known
 * @param known its address when the outage began; null, as usual without --haproxy: not known
 */
public record LoggedReach(
        ServerName name, @Nullable String known, @Nullable String socket) implements Reach {
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]+");

    @Override
    public List<Step> address() {
        String how = NextSteps.socket(socket, "show servers state " + NextSteps.part(name.proxy())) + " | awk '$4 == \""
                + NextSteps.part(name.server()) + "\" {print \"A=\" $5 \" P=\" ($22 > 0 ? $22 : $19)}'";
        String what = known != null && ADDRESS.matcher(known).matches()
                ? "Its address was " + known + " at that time. Address and port now:"
                : "The log has no addresses. Get the address and port from HAProxy:";
        return List.of(new Step(what, "eval \"$(" + how + ")\""));
    }

    @Override
    public String connect() {
        return "nc -zv -w 3 $A $P";
    }

    @Override
    public String listening() {
        return "ss -ltnp | grep \":$P \"";
    }

    @Override
    public String path() {
        return "tracepath -n $A";
    }

    @Override
    public String request(String options) {
        return "curl " + options + " http://$A:$P/health";
    }

    @Override
    public String aboutRequest() {
        return " Use the URI and Host of option httpchk.";
    }

    @Override
    public String page() {
        return plain();
    }

    @Override
    public String plain() {
        return "curl -v --max-time 5 http://$A:$P/";
    }

    @Override
    public String certificate() {
        return "openssl s_client -connect $A:$P -servername NAME </dev/null | openssl x509 -noout -subject -issuer -dates";
    }

    @Override
    public String agent() {
        return "nc -w 3 $A AGENT_PORT </dev/null";
    }

    @Override
    public String section() {
        return "grep -n -A 20 'backend " + NextSteps.part(name.proxy()) + "' /etc/haproxy/haproxy.cfg";
    }
}
