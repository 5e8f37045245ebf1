package io.risefall.query.diagnose.configured;

import io.risefall.query.haproxy.Address;
import io.risefall.query.haproxy.CheckEndpoint;
import io.risefall.query.haproxy.CheckKind;
import io.risefall.query.haproxy.Configured;
import io.risefall.query.haproxy.ConfiguredServer;
import io.risefall.query.haproxy.HttpRequest;
import io.risefall.query.haproxy.HttpRequest.Header;
import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.query.report.cause.LoggedReach;
import io.risefall.query.report.cause.Reach;
import io.risefall.schemas.key.ServerName;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** By a configuration. What it does not tell stays {@code $A} and {@code $P}, and HAProxy is asked for it. */
public final class ConfiguredReach implements Reach {
    /** How many lines of a section are shown. */
    private static final int SECTION_LINES = 30;

    private final ConfiguredServer server;
    private final CheckEndpoint endpoint;
    private final LoggedReach logged;

    public ConfiguredReach(ConfiguredServer server) {
        this(server, null);
    }

    /** @param socket HAProxy's stats socket; null: not known */
    public ConfiguredReach(ConfiguredServer server, @Nullable String socket) {
        this.server = server;
        endpoint = server.endpoint();
        logged = new LoggedReach(new ServerName(server.proxy().name(), server.name()), null, socket);
    }

    @Override
    public @Nullable String socket() {
        return logged.socket();
    }

    private @Nullable Address known() {
        return endpoint.reachable().orElse(null);
    }

    private boolean isUnix() {
        Address known = known();
        return known != null && known.kind() == Address.Kind.UNIX;
    }

    private String host() {
        Address known = known();
        return known == null ? "$A" : known.host();
    }

    private String port() {
        return endpoint.knownPort().map(String::valueOf).orElse("$P");
    }

    private static String uriHost(@Nullable Address known) {
        return known == null ? "$A" : known.inUri();
    }

    /** Nothing where the configuration has it: {@link ConfiguredDiagnosis} says where. */
    @Override
    public List<Step> address() {
        return known() != null && (isUnix() || endpoint.knownPort().isPresent()) ? List.of() : asked();
    }

    private List<Step> asked() {
        return logged.address().stream()
                .map(step -> new Step(
                        "The configuration does not tell the address of the check. Get it from HAProxy:",
                        step.command()))
                .toList();
    }

    @Override
    public String connect() {
        return isUnix()
                ? "nc -zvU " + ShellWord.of(host())
                : "nc -zv -w 3 " + ShellWord.orVariable(host(), "$A") + " " + port();
    }

    @Override
    public String listening() {
        return isUnix() ? "ss -lxp | grep " + ShellWord.of(host()) : "ss -ltnp | grep \":" + port() + " \"";
    }

    @Override
    public String path() {
        return isUnix() ? "ls -l " + ShellWord.of(host()) : "tracepath -n " + ShellWord.orVariable(host(), "$A");
    }

    @Override
    public String request(String options) {
        HttpRequest request = endpoint.request();
        StringBuilder command = new StringBuilder("curl ").append(options);
        String path = "/";
        if (request != null) {
            String method =
                    request.method() == null ? "METHOD" : request.method().toUpperCase(Locale.ROOT);
            command.append(
                    switch (method) {
                        case "GET" -> "";
                        case "HEAD" -> " --head";
                        default -> " --request " + ShellWord.of(method);
                    });
            path = request.uri() == null ? "/URI" : Secrets.uri(request.uri());
            request.headers().forEach(header -> command.append(" --header ").append(header(header)));
            command.append(request.body() ? " --data \"$BODY\"" : "");
        }
        return command + url(path);
    }

    /** A value that is not shown is taken from a variable, so that the command can be pasted all the same. */
    private static String header(Header header) {
        if (header.value() != null && Secrets.mayShow(header.name())) {
            return ShellWord.of(header.name() + ": " + header.value());
        }
        String variable = header.name().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return "\"" + header.name().replaceAll("[^A-Za-z0-9_-]", "?") + ": $" + variable + "\"";
    }

    private String url(String path) {
        boolean tls = endpoint.isTls().orElse(false);
        String scheme = tls ? "https://" : "http://";
        String options = tls ? " --insecure" : "";
        String pathOnly = path.equals("*") ? "/" : path;
        if (path.equals("*")) {
            options += " --request-target '*'";
        }
        if (isUnix()) {
            return options + " --unix-socket " + ShellWord.of(host()) + " "
                    + ShellWord.of(scheme + "localhost" + pathOnly);
        }
        String place = uriHost(known()) + ":" + port();
        String name = tls && endpoint.sni() != null ? endpoint.sni().value() : null;
        if (name != null) {
            return options + " --connect-to " + quoted("::" + place) + " "
                    + quoted(scheme + name + ":" + port() + pathOnly);
        }
        return options + " " + quoted(scheme + place + pathOnly);
    }

    /** {@code $A} and {@code $P} stay variables: nothing else in the word may be one. */
    private static String quoted(String text) {
        String word = ShellWord.of(text);
        return word.startsWith("'") && (text.contains("$A") || text.contains("$P"))
                ? word.replace("$A", "'\"$A\"'").replace("$P", "'\"$P\"'")
                : word;
    }

    @Override
    public String aboutRequest() {
        HttpRequest request = endpoint.request();
        if (request == null) {
            return endpoint.does().filter(kind -> kind == CheckKind.HTTP).isPresent()
                    ? ""
                    : " The check sends no HTTP request.";
        }
        boolean host =
                request.headers().stream().anyMatch(header -> header.name().equalsIgnoreCase("host"));
        boolean hidden = request.body()
                || request.headers().stream()
                        .anyMatch(header -> header.value() == null || !Secrets.mayShow(header.name()));
        return " This is the request of " + request.place() + "."
                + (host ? "" : " The check sends no Host header, and curl does.")
                + (hidden ? " Set the variables in it: their values are not printed, or not known." : "");
    }

    @Override
    public String plain() {
        return isUnix()
                ? "curl -v --max-time 5 --unix-socket " + ShellWord.of(host()) + " http://localhost/"
                : "curl -v --max-time 5 " + quoted("http://" + uriHost(known()) + ":" + port() + "/");
    }

    @Override
    public String page() {
        Address traffic = server.address().value();
        if (traffic == null
                || traffic.kind() == Address.Kind.OTHER
                || traffic.host().isEmpty()) {
            return plain();
        }
        Configured<Boolean> tls = server.tls();
        String begin = tls != null && Boolean.TRUE.equals(tls.value())
                ? "curl -v --max-time 5 --insecure "
                : "curl -v --max-time 5 ";
        String scheme = begin.contains("--insecure") ? "https://" : "http://";
        if (traffic.kind() == Address.Kind.UNIX) {
            return begin + "--unix-socket " + ShellWord.of(traffic.host()) + " " + scheme + "localhost/";
        }
        Integer port = traffic.port();
        return begin + quoted(scheme + traffic.inUri() + ":" + (port == null ? "$P" : port.toString()) + "/");
    }

    @Override
    public String certificate() {
        String name = endpoint.sni() == null ? null : endpoint.sni().value();
        return "openssl s_client "
                + (isUnix() ? "-unix " + ShellWord.of(host()) : "-connect " + quoted(uriHost(known()) + ":" + port()))
                + (name == null ? "" : " -servername " + ShellWord.of(name))
                + " </dev/null | openssl x509 -noout -subject -issuer -dates";
    }

    @Override
    public String agent() {
        Address own = server.agentAddress() == null
                ? server.address().value()
                : server.agentAddress().value();
        Integer port = server.agentPort() == null ? null : server.agentPort().value();
        return "nc -w 3 " + (own == null || own.kind() == Address.Kind.OTHER ? "$A" : ShellWord.of(own.host())) + " "
                + (port == null ? "AGENT_PORT" : port.toString()) + " </dev/null";
    }

    @Override
    public String section() {
        int from = server.proxy().place().line();
        return "sed -n " + from + "," + (from + SECTION_LINES) + "p "
                + ShellWord.of(server.proxy().place().file());
    }
}
