package io.risefall.query.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.risefall.query.sql.QueryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from a configuration, what is left open, and what is an error. */
class HaproxyConfigTest {
    @TempDir
    Path temp;

    @Test
    void aServerHasWhatItsSectionsSay() throws IOException {
        ConfiguredServer server = server("web", "web1", """
                defaults
                    timeout check 900ms
                    timeout connect 5s
                    default-server inter 3s fall 5
                    option log-health-checks
                backend web
                    default-server rise 4
                    server web1 10.0.0.5:8080 check port 8081 backup # the old one
                """);
        assertThat(server.place().line()).isEqualTo(8);
        assertThat(server.address().value()).isEqualTo(new Address(Address.Kind.INTERNET, "10.0.0.5", 8080));
        assertThat(server.endpoint().knownPort()).contains(8081);
        assertThat(value(server.inter())).isEqualTo(3000L);
        assertThat(value(server.fall())).isEqualTo(5);
        assertThat(value(server.rise())).isEqualTo(4);
        assertThat(server.isChecked()).isTrue();
        assertThat(value(server.proxy().checkTimeout())).isEqualTo(900L);
        assertThat(value(server.proxy().logsChecks())).isTrue();
    }

    @Test
    void aSectionBeginsWithTheDefaultsAboveOrThoseItNames() throws IOException {
        HaproxyConfig config = read("""
                defaults one
                    timeout check 1s
                defaults two from one
                    timeout connect 2s
                backend a
                    server s 10.0.0.1:80
                backend b from one
                    server s 10.0.0.1:80
                defaults
                    no option log-health-checks
                listen c
                    server s 10.0.0.1:80
                """);
        assertThat(config.proxies())
                .extracting(
                        ConfiguredProxy::name,
                        proxy -> proxy.checkTimeout() != null,
                        proxy -> proxy.connectTimeout() != null)
                .containsExactly(tuple("a", true, true), tuple("b", true, false), tuple("c", false, false));
    }

    @Test
    void aTemplateStandsForItsServers() throws IOException {
        HaproxyConfig config = read("""
                backend web
                    server-template w 2-4 web.example.org:80 check
                    server-template x 2 [2001:db8::1]:81 check
                """);
        assertThat(config.servers()).extracting(ConfiguredServer::name).containsExactly("w2", "w3", "w4", "x1", "x2");
        assertThat(config.servers().get(4).address().value())
                .isEqualTo(new Address(Address.Kind.INTERNET, "2001:db8::1", 81));
    }

    @Test
    void checksOfASectionAreChosenByName() throws IOException {
        ConfiguredServer server = server("web", "web1", """
                healthcheck ready
                    type httpchk
                    http-check send meth HEAD uri /ready hdr Host www.example.org
                backend web
                    option httpchk GET /other
                    server web1 10.0.0.5:80 check healthcheck ready
                """);
        HttpRequest request = Objects.requireNonNull(server.endpoint().request());
        assertThat(request.method()).isEqualTo("HEAD");
        assertThat(request.uri()).isEqualTo("/ready");
        assertThat(request.headers()).containsExactly(new HttpRequest.Header("Host", "www.example.org"));
    }

    /** Each was tried with HAProxy 2.6, whose request is what is expected here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "option httpchk GET /d || GET /d",
                "option httpchk GET /d | http-check send hdr Host x | OPTIONS / Host=x",
                "http-check send meth PUT uri /d hdr Host d | option httpchk GET /b | GET /b",
                "option httpchk GET /d | option httpchk | OPTIONS /",
                "option httpchk GET /d | http-check expect status 201 | none",
                "| option httpchk /only?x=1 | OPTIONS /only?x=1",
                "| option httpchk GET /b HTTP/1.1\\r\\nHost:\\ www; http-check send meth PUT hdr Y y | PUT /b Y=y",
                "| option httpchk GET /b HTTP/1.1\\r\\nHost:\\ www; http-check send meth PUT | PUT /b Host=www",
                "| http-check send meth PUT hdr Y y; option httpchk GET /b HTTP/1.1 | GET /b Y=y",
                "| http-check send meth PUT uri /3 hdr A a; option httpchk | PUT /3 A=a",
                "| option httpchk; http-check connect; http-check send uri \"/3 a\" hdr Host \"a%%c\" | OPTIONS /3 a Host=a%c",
                "| http-check send uri /x | none",
                "| option httpchk GET /b; http-check send hdr Host %[srv_name] | GET /b Host=null",
            })
    void aRequestIsMadeOfItsLines(String defaults, String own, String expected) throws IOException {
        String text =
                "defaults\n" + lines(defaults) + "backend web\n" + lines(own) + " server web1 10.0.0.5:80 check\n";
        HttpRequest request = server("web", "web1", text).endpoint().request();
        StringBuilder told = new StringBuilder(request == null ? "none" : request.method() + " " + request.uri());
        if (request != null) {
            request.headers().forEach(header -> told.append(" " + header.name() + "=" + header.value()));
        }
        assertThat(told).hasToString(expected);
    }

    private static String lines(String several) {
        return several == null ? "" : " " + several.replace("; ", "\n ") + "\n";
    }

    @ParameterizedTest
    @CsvSource({
        "server s 10.0.0.5:80 check ssl,true",
        "server s 10.0.0.5:80 check ssl port 81,false",
        "server s 10.0.0.5:80 check ssl addr 10.0.0.6,false",
        "server s 10.0.0.5:80 check ssl port 81 check-ssl,true",
        "server s 10.0.0.5:80 check ssl no-check-ssl,false",
        "server s 10.0.0.5:80 check check-ssl,true",
        "server s 10.0.0.5:80 check cookie ssl,false",
    })
    void aCheckIsTlsWhereHaproxySaysSo(String line, boolean tls) throws IOException {
        assertThat(server("web", "s", "backend web\n " + line).endpoint().isTls())
                .contains(tls);
    }

    @Test
    void whatTheFileDoesNotTellIsNotGuessed() throws IOException {
        HaproxyConfig config = read("""
                global
                    setenv PORT 8080
                    presetenv CHECK 9
                backend web
                    .if feature(OPENSSL)
                        option log-health-checks
                        server new 10.0.0.9:80 check
                    .elif streq("$PORT",8080)
                        timeout check 3s
                    .else
                        timeout check 4s
                    .endif
                    .if defined(PORT) && !0
                        timeout connect 7s
                    .else
                        timeout connect 'not closed
                    .endif
                    server a "10.0.0.5:${PORT}" check inter "${CHECK}"
                    server b "${B_ADDRESS-10.0.0.6}:80" check
                """);
        assertThat(config.server("web", "a").orElseThrow().address().value())
                .isEqualTo(new Address(Address.Kind.INTERNET, "10.0.0.5", 8080));
        assertThat(config.server("web", "a").orElseThrow().inter()).matches(inter -> inter != null && !inter.isKnown());
        assertThat(config.server("web", "b").orElseThrow().address().isKnown()).isFalse();
        assertThat(config.server("web", "new").orElseThrow().certain()).isFalse();
        ConfiguredProxy web = config.proxies().get(0);
        assertThat(web.logsChecks()).matches(logs -> logs != null && !logs.isKnown());
        assertThat(web.checkTimeout()).matches(timeout -> timeout != null && !timeout.isKnown());
        assertThat(value(web.connectTimeout())).isEqualTo(7000L);
    }

    @Test
    void severalFilesAreOneConfiguration() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("conf.d"));
        Files.writeString(folder.resolve("20-web.cfg"), "backend web\n server a 10.0.0.1:80 check\n");
        Files.writeString(folder.resolve("10-defaults.cfg"), "defaults\n timeout check 3s\n");
        Files.writeString(folder.resolve("30-not.txt"), "nonsense");
        Path first = Files.writeString(
                temp.resolve("haproxy.cfg"),
                "global\n log-send-hostname lb1\n node lb2\n stats socket /run/a.sock mode 660\n stats timeout 3s\n");
        HaproxyConfig config = HaproxyConfig.read(List.of(first, folder));
        assertThat(config.files()).hasSize(3);
        assertThat(config.sendsHostname()).isNotNull();
        assertThat(config.names()).isEqualTo(new HaproxyConfig.HostNames("lb1", "lb2"));
        assertThat(config.statsSockets()).containsExactly("/run/a.sock");
        assertThat(value(config.proxies().get(0).checkTimeout())).isEqualTo(3000L);
        assertThat(config.servers().get(0).place().file()).endsWith("20-web.cfg");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | serve a | 'serve' stands before the first section",
                "2 | backend web; server a | server needs a name and an address",
                "2 | backend web; server a 10.0.0.1:80 inter soon | inter must be a time, such as 500ms or 2s",
                "2 | backend web; server a 10.0.0.1:80 check fall | fall has no value",
                "2 | backend web; server a 10.0.0.1:http | the address must be a port, from 0 to 65535",
                "2 | backend web; server a 10.0.0.1:80 port 99999 | port must be a port, from 0 to 65535",
                "2 | backend web; server-template a b 10.0.0.1:80 | server-template needs a prefix",
                "2 | backend web; description \"half | a quote (\") is not closed",
                "2 | backend web; .endif | .endif without .if",
                "2 | backend web; .if 1 | .if without .endif",
                "2 | backend web; .if what | the condition is not understood at its character 1",
                "2 | defaults base; backend web from bas | no defaults section above is named 'bas'; did you mean base?",
                "2 | backend web; server a 10.0.0.1:80 healthcheck no | no section is named healthcheck no",
                "1 | backend | backend has no name",
            })
    void whatIsWrongIsNamedWithItsLine(int line, String text, String why) throws IOException {
        assertThatThrownBy(() -> read(text.replace("; ", "\n ")))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("haproxy.cfg:" + line + ": " + why)
                .hasMessageContaining("; to check the file: haproxy -c -f ");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> HaproxyConfig.read(List.of(temp.resolve("no.cfg"))))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("no.cfg: no such file; give the files of haproxy -f");
        assertThatThrownBy(() -> HaproxyConfig.read(List.of(temp)))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("no file in it is named *.cfg");
    }

    private static <T> T value(Configured<T> setting) {
        return Objects.requireNonNull(Objects.requireNonNull(setting).value());
    }

    private ConfiguredServer server(String proxy, String name, String text) throws IOException {
        return read(text).server(proxy, name).orElseThrow();
    }

    private HaproxyConfig read(String text) throws IOException {
        return HaproxyConfig.read(List.of(Files.writeString(temp.resolve("haproxy.cfg"), text)));
    }
}
