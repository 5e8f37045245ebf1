package io.risefall.ingest.network.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers as HAProxy 2.6 gives them, and those of what is none. */
class ToldServersTest {
    private static final String INFO = "Name: HAProxy\nVersion: 2.6.12\nPid: 7\nUptime_sec: 3\nnode: lb1\n\n";
    private static final String STAT =
            "# pxname,svname,status,bck,tracked,type,check_status,check_code,check_duration,last_chk,\n";
    private static final String STATE =
            "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_fqdn srv_port\n";

    @Test
    void everyKindOfServer() {
        assertThat(told(STAT + """
                        web,FRONTEND,OPEN,,,0,,,,,
                        web,up,UP,0,,2,L7OK,200,1,"a, ""b""\",
                        web,falling,UP 1/3,0,,2,* L7STS,503,1,,
                        web,new,UP 1/3,0,,2,* INI,,,,
                        web,unchecked,no check,0,,2,,,,,
                        web,down,DOWN 1/2,1,,2,L7STS,503,4,,
                        web,agent,DOWN (agent),0,,2,L7OK,200,4,,
                        web,tracking,UP,0,web/new,2,,,,,
                        web,circle,UP,0,web/circle,2,L4OK,,,,
                        web,drained,DRAIN,0,,2,L4OK,,,,
                        web,stopping,NOLB,0,,2,L7OKC,404,0,,
                        web,operator,MAINT,0,,2,L4OK,,,,
                        web,via,MAINT (via web/operator),0,,2,,,,,
                        web,disabled,MAINT,0,,2,INI,,,,
                        web,pod1,MAINT (resolution),0,,2,INI,,,,
                        web,odd,WHATEVER,0,,2,,,,,
                        web,BACKEND,UP,,,1,,,,,

                        """, STATE + """
                        1 web 1 up 10.0.0.1 2 0 - 80
                        1 web 2 falling ::1 2 0 - 80
                        1 web 3 down 10.0.0.3 0 0 app.example 0
                        1 web 4 operator 10.0.0.4 0 1 - 80
                        1 web 5 disabled 10.0.0.5 0 5 - 80
                        1 web 6 pod1 - 0 32 pod.example 80
                        """))
                .containsExactly(
                        "observed: web/up is UP, address: 10.0.0.1:80 [UP]",
                        "observed: web/falling is UP 1/3, address: [::1]:80 [UP]",
                        "observed: web/new is UP 1/3 [UP] unchecked",
                        "observed: web/unchecked is no check [UP] unchecked",
                        "observed: web/down is DOWN 1/2, reason: Layer7 wrong status, code: 503, check duration: 4ms,"
                                + " address: 10.0.0.3, name: app.example [DOWN] backup",
                        "observed: web/agent is DOWN (agent) [DOWN]",
                        "observed: web/tracking is UP [UP] unchecked",
                        "observed: web/circle is UP [UP]",
                        "observed: web/drained is DRAIN [DRAIN]",
                        "observed: web/stopping is NOLB [DRAIN]",
                        "observed: web/operator is MAINT, address: 10.0.0.4:80 [MAINT]",
                        "observed: web/via is MAINT (via web/operator) [MAINT]",
                        "observed: web/disabled is MAINT, address: 10.0.0.5:80 [MAINT] slot",
                        "observed: web/pod1 is MAINT (resolution), name: pod.example [MAINT] slot",
                        "observed: web/odd is WHATEVER [UNKNOWN]");
    }

    /** To a socket of level user HAProxy does not show where servers are. */
    @Test
    void withoutAddresses() {
        assertThat(told(STAT + "web,a,MAINT,0,,2,L4OK,,,,\n\n", "Permission denied\n"))
                .containsExactly("observed: web/a is MAINT [MAINT]");
    }

    /** Whoever answers may write any text: what no name can be is left out and counted, and what no address can be is none. */
    @Test
    void textsThatCannotBe() {
        String longest = "n".repeat(255);
        ToldServers told = ToldServers.of(INFO + STAT
                        + "web,%s,UP,0,,2,L4OK,,,,\n".formatted(longest)
                        + "web,%sn,UP,0,,2,L4OK,,,,\n".formatted(longest)
                        + "web,%s,UP,0,,2,L4OK,,,,\n".formatted("ü".repeat(128))
                        + "web,n\0l,UP,0,,2,L4OK,,,,\n"
                        + "e\u001b[2J,a,UP,0,,2,L4OK,,,,\n"
                        + "web,c\u009b,UP,0,,2,L4OK,,,,\n"
                        + "a/b,c,UP,0,,2,L4OK,,,,\n"
                        + "web,,UP,0,,2,L4OK,,,,\n"
                        + "web,status,\rUP,0,,2,L4OK,,,,\n"
                        + "web,host,UP,0,,2,L4OK,,,,\n\n"
                        + STATE
                        + "1 web 1 host 10.0.0.1%s 2 0 \u001bx 80\n".formatted("0".repeat(1_000_000)))
                .orElseThrow();
        assertThat(told.servers())
                .extracting(one -> one.server().text())
                .containsExactly("observed: web/" + longest + " is UP", "observed: web/host is UP");
        assertThat(told.unusable()).isEqualTo(8);
    }

    /** The node becomes the sender of the ring's lines. */
    @Test
    void aNodeThatCannotBe() {
        String info = INFO.replace("lb1", "\0absent\u001bü" + "n".repeat(70_000));
        assertThat(HaproxyProcess.of(info).orElseThrow().node()).hasSize(255).startsWith("?absent??nnn");
    }

    /** Whoever answers could let the chains be followed for hours. */
    @Test
    @Timeout(60)
    void longChainsAndCircles() {
        int length = 50_000;
        StringBuilder stat = new StringBuilder(STAT);
        for (int i = 0; i < length; i++) {
            stat.append("chain,s%d,UP,0,chain/s%d,2,%s,,,,\n".formatted(i, i + 1, i == length - 1 ? "INI" : "L4OK"));
            stat.append("circle,s%d,UP,0,circle/s%d,2,L4OK,,,,\n".formatted(i, (i + 1) % length));
        }
        List<ToldServers.Told> told = ToldServers.of(INFO + stat).orElseThrow().servers();
        assertThat(told).hasSize(2 * length);
        assertThat(told)
                .filteredOn(ToldServers.Told::checked)
                .allMatch(one -> one.server().proxy().equals("circle"))
                .hasSize(length);
    }

    @Test
    void whatIsNotWhole() {
        String whole = INFO + STAT + "web,a,UP,0,,2,L4OK,,,,\n\n" + STATE + "1 web 1 a 10.0.0.1 2 0 - 80\n";
        for (int length = 0; length < whole.length(); length++) {
            assertThat(ToldServers.of(whole.substring(0, length)).stream().flatMap(told -> told.servers().stream()))
                    .hasSizeLessThanOrEqualTo(1);
        }
        assertThat(ToldServers.of("garbage")).isEmpty();
        assertThat(ToldServers.of(STAT)).isEmpty();
    }

    private static List<String> told(String stat, String state) {
        ToldServers told = ToldServers.of(INFO + stat + state).orElseThrow();
        assertThat(told.process().pid()).isEqualTo(7);
        return told.servers().stream()
                .map(one -> one.server().text() + " [" + one.server().state() + "]"
                        + (one.server().backup() ? " backup" : "") + (one.slot() ? " slot" : "")
                        + (one.checked() ? "" : " unchecked"))
                .toList();
    }
}
