package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.state.StateInterval;
import io.risefall.streams.model.OutputRecord;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What follows from a sequence of lines: the semantics of states and outages, one story each. */
class ServerStateTest {
    static Stream<Arguments> stories() {
        return Stream.of(
                story("a fall with its reason in the DOWN line", """
                        0 1 up
                        5 1 down L4CON left=0
                        9 1 up
                        """, """
                        up 0..5, down 5..9, up 9..
                        outage 5..9 up L4CON emptied"""),
                story("a fall with log-health-checks: the reason is joined", """
                        0 1 check pass 3/3 UP
                        3 1 check fail 2/3 UP L4CON
                        4 1 check fail 1/3 UP L4CON
                        5 1 check fail 0/2 DOWN L7STS
                        5 1 down left=2
                        8 1 check pass 1/2 DOWN
                        9 1 check pass 3/3 UP
                        9 1 up
                        """, """
                        up 0..5, down 5..9, up 9..
                        outage 5..9 up L7STS joined first 3 success 8"""),
                story("the same lines twice, from two log targets", """
                        0 1 check pass 3/3 UP
                        0 1 check pass 3/3 UP
                        5 1 check fail 0/1 DOWN L4CON
                        5 1 check fail 0/1 DOWN L4CON
                        5 1 down
                        5 1 down
                        9 1 up
                        9 1 up
                        """, """
                        up 0..5, down 5..9, up 9..
                        outage 5..9 up L4CON joined first 5"""),
                story("before the first line nothing is known", "7 1 up", "up 7.."),
                story("a first line of DOWN: it had been up since the first line of its process", """
                        0 begin
                        7 1 down L4CON
                        """, """
                        up 0..7, down 7..
                        outage 7.. L4CON"""),
                story("the same with log-health-checks", """
                        0 begin
                        7 1 check fail 0/1 DOWN L4CON
                        7.001 1 down
                        """, """
                        up 0..7, down 7..
                        outage 7.. L4CON joined first 7"""),
                story("a first line of leaving maintenance: it had been in it", """
                        0 begin
                        7 1 ready up
                        """, "maint 0..7, up 7.."),
                story("a reason that changes while DOWN is news, not an outage", """
                        0 1 down L4CON
                        3 1 check fail 0/2 DOWN L7STS
                        6 1 up
                        """, """
                        down 0..6, up 6..
                        outage 0..6 up L4CON"""),
                story("maintenance ends an outage and is none", """
                        0 1 up
                        2 1 down L4CON
                        4 1 was-down-maint
                        8 1 ready up
                        9 1 maint
                        """, """
                        up 0..2, down 2..4, maint 4..8, up 8..9, maint 9..
                        outage 2..4 maintenance L4CON"""),
                story("leaving maintenance into DOWN opens an outage, and its checks tell the reason", """
                        0 1 maint
                        3 1 ready down
                        4 1 check fail 0/2 DOWN L4TOUT
                        6 1 up
                        """, """
                        maint 0..3, down 3..6, up 6..
                        outage 3..6 up L4TOUT joined"""),
                story("leaving maintenance into DOWN while the agent says so", """
                        0 1 up
                        1 1 agent fail 0/1 DOWN L7STS
                        1 1 down
                        2 1 was-down-maint
                        4 1 ready down
                        5 1 agent pass 1/1 UP
                        5 1 up
                        """, """
                        up 0..1, down 1..2, maint 2..4, down 4..5, up 5..
                        outage 1..2 maintenance L7STS joined agent first 1
                        outage 4..5 up L7STS joined agent first 1 success 5"""),
                story("after maintenance the same check line is news", """
                        0 1 up
                        1 1 check fail 0/2 DOWN L4CON
                        1 1 down
                        2 1 was-down-maint
                        4 1 ready down
                        5 1 check fail 0/2 DOWN L4CON
                        7 1 up
                        """, """
                        up 0..1, down 1..2, maint 2..4, down 4..7, up 7..
                        outage 1..2 maintenance L4CON joined first 1
                        outage 4..7 up L4CON joined"""),
                story("a check that maintenance overtook says nothing", """
                        0 1 up
                        2 1 maint
                        2.1 1 check fail 0/2 DOWN L4CON
                        5 1 ready up
                        """, "up 0..2, maint 2..5, up 5.."),
                story("drain and stopping are no outages", """
                        0 1 up
                        1 1 drain
                        2 1 undrain up
                        3 1 stopping
                        4 1 up
                        """, "up 0..1, drain 1..2, up 2..3, drain 3..4, up 4.."),
                story("a draining server can go DOWN, and drain while DOWN", """
                        0 1 drain
                        1 1 down L4CON
                        2 1 drain
                        3 1 up
                        """, """
                        drain 0..1, down 1..3, drain 3..
                        outage 1..3 up L4CON"""),
                story("a server that drains while it is DOWN drains when it is back, until it leaves drain", """
                        0 1 up
                        1 1 down L4CON
                        2 1 drain
                        3 1 up
                        4 1 undrain up
                        """, """
                        up 0..1, down 1..3, drain 3..4, up 4..
                        outage 1..3 up L4CON"""),
                story("leaving drain while DOWN: up when it is back", """
                        0 1 drain
                        1 1 down L4CON
                        2 1 undrain down
                        3 1 up
                        """, """
                        drain 0..1, down 1..3, up 3..
                        outage 1..3 up L4CON"""),
                story("a reload forgets that it drained", """
                        0 1 drain
                        5 reload
                        16 2 down L4CON
                        18 2 up
                        """, """
                        drain 0..5, up 5..16, down 16..18, up 18..
                        outage 16..18 up L4CON"""),
                story("going DOWN for maintenance is printed of a server that was up: its UP was lost", """
                        0 1 down L4CON
                        4 1 maint
                        """, """
                        down 0..4, maint 4..
                        outage 0..4 up L4CON uncertain"""),
                story("the same where a check tells since when it was up", """
                        0 1 check fail 0/2 DOWN L4CON
                        2 1 check pass 1/2 DOWN
                        3 1 check pass 3/3 UP
                        4 1 maint
                        """, """
                        down 0..3, up 3..4, maint 4..
                        outage 0..3 up L4CON joined first 0 success 2 uncertain"""),
                story("DNS has removed it", """
                        0 1 down L4CON
                        4 1 was-down-maint removed
                        """, """
                        down 0..4, maint 4..
                        outage 0..4 removed L4CON"""),
                story("a rise that fell back does not count as the first success", """
                        0 1 check fail 0/2 DOWN L4CON
                        2 1 check pass 1/2 DOWN
                        3 1 check fail 0/2 DOWN L4CON
                        5 1 check pass 1/2 DOWN
                        6 1 check pass 3/3 UP
                        6 1 up
                        """, """
                        down 0..6, up 6..
                        outage 0..6 up L4CON joined first 0 success 5"""),
                story("a server that is renamed is there no more", """
                        0 1 up
                        2 1 down L4CON
                        4 1 renamed
                        9 1 up
                        """, """
                        up 0..2, down 2..4, up 9..
                        outage 2..4 removed L4CON"""),
                story("before a server got its name nobody had it", """
                        0 begin
                        2 1 named
                        4 1 down L4CON
                        """, """
                        up 2..4, down 4..
                        outage 4.. L4CON"""),
                story("a dump reveals a server that no line has named", """
                        0 begin
                        7 2 hup up
                        """, "up 0.."),
                story("a dump says DOWN of a server that no line has named: since when is not known", """
                        0 begin
                        7 1 hup down
                        9 1 up
                        """, """
                        down 7..9, up 9..
                        outage 7..9 up uncertain"""),
                story("a dump says DOWN of maintenance too", """
                        0 begin
                        7 1 hup down
                        9 1 ready up
                        """, "maint 7..9, up 9.."),
                story("a dump after a reload: maintenance was carried over", """
                        0 1 maint
                        5 reload
                        7 2 hup down
                        """, "maint 0.."),
                story("a dump after a reload: maintenance was forgotten", """
                        0 1 maint
                        5 reload
                        7 2 hup up
                        """, "maint 0..5, up 5.."),
                story("a dump after a reload: still DOWN", """
                        0 1 down L4CON
                        5 reload
                        30 2 hup down
                        """, """
                        down 0..
                        outage 0.. L4CON"""),
                story("an operator forced it", """
                        0 1 check pass 3/3 UP
                        1 1 down cli
                        3 1 up
                        """, """
                        up 0..1, down 1..3, up 3..
                        outage 1..3 up from CLI"""),
                story("a tracked server has no reason of its own", """
                        0 1 up
                        1 1 down via b/x
                        3 1 up
                        """, """
                        up 0..1, down 1..3, up 3..
                        outage 1..3 up via b/x"""),
                story("only the agent's answer marks DOWN, an agent out of reach does not", """
                        0 1 up
                        1 1 agent fail 1/1 UP L4CON
                        2 1 agent fail 0/1 DOWN L7STS
                        2 1 down
                        2.5 1 check fail 2/3 UP L7STS
                        2.7 1 check pass 3/3 UP
                        4 1 agent pass 1/1 UP
                        4 1 up
                        """, """
                        up 0..2, down 2..4, up 4..
                        outage 2..4 up L7STS joined agent first 2 success 4"""),
                story("an agent out of reach is not what marked the server DOWN", """
                        0 1 up
                        5 1 check fail 0/1 DOWN L7STS
                        5.1 1 agent fail 1/1 UP L4CON
                        5.2 1 down
                        """, """
                        up 0..5, down 5..
                        outage 5.. L7STS joined first 5"""),
                story("a DOWN of the new process continues the outage", """
                        0 1 down L4CON
                        5 reload
                        5.1 2 check fail 0/2 DOWN L7STS
                        5.1 2 down
                        9 2 up
                        """, """
                        down 0..9, up 9..
                        outage 0..9 up L4CON"""),
                story("silent after a reload: not known", """
                        0 1 down L4CON
                        5 reload
                        """, """
                        down 0..5, unknown 5..
                        outage 0..5 unknown L4CON uncertain"""),
                story("a first line of UP proves that it was DOWN all along", """
                        0 1 down L4CON
                        5 reload
                        9 2 up
                        """, """
                        down 0..9, up 9..
                        outage 0..9 up L4CON"""),
                story("1/2 DOWN from the new process proves it too", """
                        0 1 down L4CON
                        5 reload
                        8 2 check pass 1/2 DOWN
                        """, """
                        down 0..
                        outage 0.. L4CON success 8"""),
                story("a first DOWN long after the process began: up in between", """
                        0 1 down L4CON
                        5 reload
                        65 2 down L7STS
                        """, """
                        down 0..5, up 5..65, down 65..
                        outage 0..5 up L4CON uncertain
                        outage 65.. L7STS"""),
                story("a passed check of the new process: it began with the server up", """
                        0 1 down L4CON
                        5 reload
                        6 2 check pass 3/3 UP
                        """, """
                        down 0..5, up 5..
                        outage 0..5 up L4CON uncertain"""),
                story(
                        "a new process that took it for up, with a server-state file from before, and checks that fail at once",
                        """
                        0 1 down L4CON
                        5 reload
                        5.1 2 check fail 1/2 UP L4CON
                        7 2 check fail 0/2 DOWN L4CON
                        7 2 down
                        9 2 up
                        """,
                        """
                        down 0..9, up 9..
                        outage 0..9 up L4CON"""),
                story("the same, and it was a single failure", """
                        0 1 down L4CON
                        5 reload
                        5.1 2 check fail 1/2 UP L4CON
                        7 2 check pass 2/2 UP
                        """, """
                        down 0..5, up 5..
                        outage 0..5 up L4CON uncertain"""),
                story("two reloads in the middle of an outage", """
                        0 1 down L4CON
                        5 reload
                        6 reload
                        6.5 3 down L4CON
                        9 3 up
                        """, """
                        down 0..9, up 9..
                        outage 0..9 up L4CON"""),
                story("a process that was silent between two that say DOWN at once: it was up there", """
                        0 1 down L4CON
                        5 reload
                        105 reload
                        106 3 down L7STS
                        """, """
                        down 0..5, up 5..106, down 106..
                        outage 0..5 up L4CON uncertain
                        outage 106.. L7STS"""),
                story("a process that was silent between: with a server-state file it was DOWN all along", """
                        0 1 down L4CON
                        5 reload
                        105 reload
                        190 3 up
                        """, """
                        down 0..190, up 190..
                        outage 0..190 up L4CON"""),
                story("maintenance is forgotten by a reload: a DOWN proves it", """
                        0 1 maint
                        5 reload
                        16 2 down L4CON
                        """, """
                        maint 0..5, up 5..16, down 16..
                        outage 16.. L4CON"""),
                story("maintenance is carried over a reload: leaving it proves it", """
                        0 1 maint
                        5 reload
                        16 2 ready up
                        """, "maint 0..16, up 16.."),
                story(
                        "what HAProxy took from its server-state file is as before: it calls maintenance DOWN too",
                        """
                        0 1 maint
                        5 reload
                        5 2 down state-file
                        9 2 ready up
                        """,
                        "maint 0..9, up 9.."),
                story("maintenance is carried over a reload: what the agent says meanwhile proves nothing", """
                        0 1 up
                        1 1 maint
                        5 reload
                        6 2 agent fail 0/1 DOWN L7STS
                        8 2 ready down
                        9 2 agent pass 1/1 UP
                        9 2 up
                        """, """
                        up 0..1, maint 1..8, down 8..9, up 9..
                        outage 8..9 up L7STS joined agent first 6 success 9"""),
                story("maintenance is forgotten by a reload, and the agent says DOWN", """
                        0 1 up
                        1 1 maint
                        5 reload
                        6 2 agent fail 0/1 DOWN L7STS
                        6 2 down
                        9 2 agent pass 1/1 UP
                        9 2 up
                        """, """
                        up 0..1, maint 1..5, up 5..6, down 6..9, up 9..
                        outage 6..9 up L7STS joined agent first 6 success 9"""),
                story("what HAProxy took from its server-state file goes on", """
                        0 1 down L4CON
                        100 reload
                        200 2 down state-file
                        209 2 up
                        """, """
                        down 0..209, up 209..
                        outage 0..209 up L4CON"""),
                story("what HAProxy took from its server-state file is the first line", """
                        0 begin
                        0 2 down state-file
                        209 2 up
                        """, """
                        down 0..209, up 209..
                        outage 0..209 up uncertain"""),
                story("a server that was up is up after a reload", """
                        0 1 up
                        5 reload
                        9 2 down L4CON
                        """, """
                        up 0..9, down 9..
                        outage 9.. L4CON"""),
                story("drained in a new process while DOWN, as its counts say: DOWN all along", """
                        0 1 down L4CON
                        5 reload
                        6 2 drain left=1
                        """, """
                        down 0..
                        outage 0.. L4CON"""),
                story("drained in a new process while up: it began with the server up", """
                        0 1 down L4CON
                        5 reload
                        6 2 drain online=1
                        """, """
                        down 0..5, up 5..6, drain 6..
                        outage 0..5 up L4CON uncertain"""),
                story("leaving drain while DOWN, in a new process: DOWN all along", """
                        0 1 down L4CON
                        5 reload
                        6 2 drain
                        8 2 undrain down
                        9 2 up
                        """, """
                        down 0..9, up 9..
                        outage 0..9 up L4CON"""),
                story("leaving drain while up, in a new process: it began with the server up", """
                        0 1 down L4CON
                        5 reload
                        8 2 undrain up
                        """, """
                        down 0..5, up 5..
                        outage 0..5 up L4CON uncertain"""),
                story("a dump after SIGHUP settles what was not known", """
                        0 1 down L4CON
                        5 reload
                        7 2 hup up
                        """, """
                        down 0..5, unknown 5..7, up 7..
                        outage 0..5 unknown L4CON uncertain"""),
                story("told when asked: from then on, and nothing about the time before", """
                        0 begin
                        5 1 told up
                        9 1 down L4CON
                        """, """
                        up 5..9, down 9..
                        outage 9.. L4CON"""),
                story("told DOWN when asked: an outage that is not certain, until a line ends it", """
                        0 begin
                        5 1 told down
                        9 1 up
                        """, """
                        down 5..9, up 9..
                        outage 5..9 up L4CON joined uncertain"""),
                story("what is told never contradicts a line", """
                        0 1 down L4CON
                        5 1 told up
                        7 1 told maint
                        9 1 up
                        10 1 told down
                        """, """
                        down 0..9, up 9..
                        outage 0..9 up L4CON"""),
                story("told again, and no line shows any of it: HAProxy logs nothing of this backend", """
                        0 1 told up
                        60 1 told down
                        120 1 told up
                        180 1 told down
                        240 1 told maint
                        """, """
                        up 0..60, down 60..120, up 120..180, down 180..240, maint 240..
                        outage 60..120 up L4CON joined uncertain
                        outage 180..240 maintenance L4CON joined uncertain"""),
                story("told maintenance and drain", """
                        0 1 told maint
                        5 1 ready up
                        6 reload
                        7 2 stopping
                        8 reload
                        9 3 told drain
                        12 3 undrain up
                        """, """
                        maint 0..5, up 5..7, drain 7..12, up 12.."""),
                story("told after a reload: UP since the new process began", """
                        0 1 down L4CON
                        5 reload
                        7 2 told up
                        """, """
                        down 0..5, up 5..
                        outage 0..5 up L4CON uncertain"""),
                story("told after a reload: DOWN all along, or HAProxy would have logged it", """
                        0 1 down L4CON
                        5 reload
                        7 2 told down
                        9 2 up
                        """, """
                        down 0..9, up 9..
                        outage 0..9 up L4CON"""),
                story("told after a reload: DOWN, and it was not before", """
                        0 1 maint
                        5 reload
                        7 2 told down
                        9 2 up
                        """, """
                        maint 0..5, unknown 5..7, down 7..9, up 9..
                        outage 7..9 up L4CON joined uncertain"""),
                story("told by a process after the end of another", """
                        0 1 up
                        5 end
                        60 reload
                        61 2 told maint
                        """, """
                        up 0..5, unknown 5..60, up 60..61, maint 61.."""),
                story("told after an absence: it was UP all along, as far as is known", """
                        0 1 up
                        5 absent 8
                        9 1 told up
                        """, """
                        up 0..
                        doubt 5..8"""),
                story("told after an absence: it recovered meanwhile", """
                        0 1 down L4CON
                        5 absent 8
                        9 1 told up
                        """, """
                        down 0..5, unknown 5..8, up 8..
                        doubt 5..8
                        outage 0..5 unknown L4CON uncertain"""),
                story("told after an absence: it went DOWN meanwhile", """
                        0 1 up
                        5 absent 8
                        9 1 told down
                        """, """
                        up 0..5, unknown 5..9, down 9..
                        doubt 5..8
                        outage 9.. L4CON joined uncertain"""),
                story(
                        "told by a new process that has not reported it: a server-state file or the configuration says so",
                        """
                        0 1 up
                        60 reload
                        61 2 told maint
                        """,
                        """
                        up 0..61, maint 61.."""),
                story("what is told never contradicts a check line of the process", """
                        0 1 up
                        60 reload
                        61 2 check pass 3/3 UP
                        62 2 told maint
                        """, """
                        up 0.."""),
                story("the UP line was lost: the check had passed, then it fell again", """
                        0 1 check fail 0/2 DOWN L4CON
                        3 1 check pass 1/2 DOWN
                        4 1 check pass 3/3 UP
                        8 1 check fail 2/3 UP L4TOUT
                        9 1 check fail 0/2 DOWN L4TOUT
                        9 1 down
                        """, """
                        down 0..4, up 4..9, down 9..
                        outage 0..4 up L4CON joined first 0 success 3 uncertain
                        outage 9.. L4TOUT joined first 8"""),
                story(
                        "the check has passed often enough, and no UP line follows: it is up, as far as is known",
                        """
                        0 8 check pass 3/3 UP
                        5 8 check fail 0/2 DOWN L4TOUT
                        5 8 down
                        500 8 check pass 3/3 UP
                        """,
                        """
                        up 0..5, down 5..500, up 500..
                        outage 5..500 up L4TOUT joined first 5 success 500 uncertain"""),
                story("the UP line follows: it counts", """
                        0 1 check fail 0/2 DOWN L4CON
                        3 1 check pass 1/2 DOWN
                        4 1 check pass 3/3 UP
                        4.001 1 up
                        """, """
                        down 0..4.001, up 4.001..
                        outage 0..4.001 up L4CON joined first 0 success 3"""),
                story("the check has passed, but it was DOWN all the same", """
                        0 1 check fail 0/2 DOWN L4CON
                        3 1 check pass 1/2 DOWN
                        4 1 check pass 3/3 UP
                        6 1 was-down-maint
                        """, """
                        down 0..6, maint 6..
                        outage 0..6 maintenance L4CON joined first 0 success 3"""),
                story("the check has passed, and the agent still says no", """
                        0 1 check fail 0/2 DOWN L4CON
                        0 1 down
                        2 1 agent fail 0/1 DOWN L7STS
                        4 1 check pass 3/3 UP
                        """, """
                        down 0..
                        outage 0.. L4CON joined first 0 success 4"""),
                story("the check has passed, and it drains from then on", """
                        0 1 check fail 0/2 DOWN L4CON
                        4 1 check pass 3/3 UP
                        6 1 drain online=1
                        """, """
                        down 0..4, up 4..6, drain 6..
                        outage 0..4 up L4CON joined first 0 success 4 uncertain"""),
                story("DOWN twice, hours apart, of one pid: an UP line or a restart is missing between", """
                        0 8 down L4CON
                        9000 8 down L4CON
                        9005 8 up
                        """, """
                        down 0..9005, up 9005..
                        outage 0..9005 up L4CON uncertain"""),
                story(
                        "maintenance overtakes the agent's answer: it was not DOWN",
                        """
                        0 1 check pass 3/3 UP
                        5 1 agent fail 0/1 DOWN L7STS
                        5.001 1 maint
                        8 1 agent pass 1/1 UP
                        8.1 1 ready up
                        """,
                        "up 0..5.001, maint 5.001..8.1, up 8.1.."),
                story("maintenance overtakes a health check", """
                        0 1 up
                        4 1 check fail 1/3 UP L4CON
                        5 1 check fail 0/2 DOWN L4CON
                        5.001 1 maint
                        """, "up 0..5.001, maint 5.001.."),
                story("the same as the first lines of all", """
                        0 begin
                        5 1 agent fail 0/1 DOWN L7STS
                        5.001 1 maint
                        """, "up 0..5.001, maint 5.001.."),
                story(
                        "a draining server whose agent's answer is overtaken",
                        """
                        0 1 drain
                        5 1 agent fail 0/1 DOWN L7STS
                        5.001 1 maint
                        9 1 undrain up
                        """,
                        "drain 0..5.001, maint 5.001..9, up 9.."),
                story("drain overtakes nothing: DOWN follows", """
                        0 1 up
                        5 1 agent fail 0/1 DOWN L7STS
                        5.001 1 drain online=1
                        5.002 1 down
                        """, """
                        up 0..5, down 5..
                        outage 5.. L7STS joined agent first 5"""),
                story("it was DOWN, and maintenance came later: the UP line was lost", """
                        0 1 up
                        5 1 agent fail 0/1 DOWN L7STS
                        5 1 down
                        5.5 1 maint
                        """, """
                        up 0..5, down 5..5.5, maint 5.5..
                        outage 5..5.5 up L7STS joined agent first 5 uncertain"""),
                story("a check brought it DOWN long before maintenance", """
                        0 1 up
                        5 1 check fail 0/2 DOWN L4CON
                        50 1 maint
                        """, """
                        up 0..5, down 5..50, maint 50..
                        outage 5..50 up L4CON joined first 5 uncertain"""),
                story("checked again: maintenance has ended, though no line says so", """
                        0 1 maint
                        500 1 check pass 3/3 UP
                        """, "maint 0..500, up 500.."),
                story("checked again after maintenance, and DOWN", """
                        0 1 check fail 0/2 DOWN L4CON
                        1 1 was-down-maint
                        500 1 check fail 0/2 DOWN L4CON
                        500 1 down
                        """, """
                        down 0..1, maint 1..500, down 500..
                        outage 0..1 maintenance L4CON joined first 0
                        outage 500.. L4CON joined first 500"""),
                story("an agent is asked in maintenance too", """
                        0 1 maint
                        500 1 agent pass 1/1 UP
                        """, "maint 0.."),
                story("the last process ends: nothing is known any more, not even DOWN", """
                        0 1 down L4CON
                        50 end
                        """, """
                        down 0..50, unknown 50..
                        outage 0..50 unknown L4CON uncertain"""),
                story("the same in maintenance", """
                        0 1 maint
                        50 end
                        """, "maint 0..50, unknown 50.."),
                story(
                        "it was up when the last process ended, and is as soon as another one begins",
                        """
                        0 1 up
                        50 end
                        90 reload
                        """,
                        "up 0..50, unknown 50..90, up 90.."),
                story("a restart at once is no gap", """
                        0 1 up
                        50 end
                        50.5 reload
                        """, "up 0.."),
                story("DOWN when the last process ended, and DOWN at once in the next one", """
                        0 1 down L4CON
                        50 end
                        90 reload
                        91 2 down L4CON
                        """, """
                        down 0..
                        outage 0.. L4CON uncertain"""),
                story("DOWN when the last process ended, and long after the next one began", """
                        0 1 down L4CON
                        50 end
                        90 reload
                        900 2 down L4CON
                        """, """
                        down 0..50, unknown 50..90, up 90..900, down 900..
                        outage 0..50 up L4CON uncertain
                        outage 900.. L4CON"""),
                story("a silent process that ends at once proves nothing", """
                        0 1 down L4CON
                        50 reload
                        51 end
                        90 reload
                        91 3 down L4CON
                        """, """
                        down 0..
                        outage 0.. L4CON uncertain"""),
                story("a silent process that ran for long would have printed DOWN", """
                        0 1 down L4CON
                        50 reload
                        89 end
                        90 reload
                        91 3 down L4CON
                        """, """
                        down 0..50, up 50..91, down 91..
                        outage 0..50 up L4CON uncertain
                        outage 91.. L4CON"""),
                story("a process with the pid of the one before prints the same again: it is news", """
                        0 8 check fail 0/2 DOWN L4CON
                        0 8 down
                        50 restart
                        51 8 check fail 0/2 DOWN L4CON
                        51 8 down
                        55 8 up
                        """, """
                        down 0..55, up 55..
                        outage 0..55 up L4CON joined first 0"""),
                story("a process with the pid of the one before, silent", """
                        0 8 down L4CON
                        50 restart
                        500 8 down L4CON
                        """, """
                        down 0..50, up 50..500, down 500..
                        outage 0..50 up L4CON uncertain
                        outage 500.. L4CON"""),
                story("weight 0, which only check lines tell", """
                        0 1 up
                        1 1 check pass 3/3 DRAIN
                        2 1 check fail 2/3 DRAIN
                        3 1 check pass 3/3 UP
                        """, "up 0..1, drain 1..3, up 3.."),
                story("weight 0 as the first thing known", """
                        0 begin
                        5 1 check pass 3/3 DRAIN
                        7 1 check fail 2/3 UP
                        """, "drain 5..7, up 7.."),
                story("an operator's drain is not ended by a check", """
                        0 1 drain
                        3 1 check pass 3/3 UP
                        """, "drain 0.."),
                story("weight 0 of a server that is DOWN: its outage goes on", """
                        0 1 check fail 0/2 DOWN L4CON
                        4 1 agent pass 1/1 DRAIN
                        """, """
                        down 0..
                        outage 0.. L4CON joined first 0"""),
                story("a first passed check: it had been up since the first line of its process", """
                        0 begin
                        7 1 check pass 3/3 UP
                        """, "up 0.."),
                story("a first line of drain, and of stopping: it had been up", """
                        0 begin
                        7 1 drain online=1
                        """, "up 0..7, drain 7.."),
                story("a first line of stopping: it had been up", """
                        0 begin
                        7 1 stopping
                        """, "up 0..7, drain 7.."),
                story("a first line of leaving drain: it had been in it", """
                        0 begin
                        7 1 undrain up
                        """, "drain 0..7, up 7.."),
                story("the proxy has stopped, and no other process serves it", """
                        0 1 up
                        5 stop
                        """, "up 0..5, unknown 5.."),
                story("the same in maintenance", """
                        0 1 maint
                        5 stop
                        """, "maint 0..5, unknown 5.."),
                story("the same while DOWN: the end of a process is no recovery", """
                        0 1 down L4CON
                        5 stop
                        9 stop
                        """, """
                        down 0..
                        outage 0.. L4CON"""),
                story("nothing is known, and the proxy stops", """
                        0 begin
                        5 stop
                        9 1 up
                        """, "up 9.."),
                story("stopped twice: unknown from the first time on", """
                        0 1 up
                        5 stop
                        9 stop
                        """, "up 0..5, unknown 5.."),
                story("stopped long before another process began: it was up from then on", """
                        0 1 maint
                        5 stop
                        65 reload
                        70 2 down L4CON
                        """, """
                        maint 0..5, unknown 5..65, up 65..70, down 70..
                        outage 70.. L4CON"""),
                story("a restart within two seconds is no gap", """
                        0 1 up
                        50 end
                        52 reload
                        """, "up 0.."),
                story("after more than two seconds it is", """
                        0 1 up
                        50 end
                        52.001 reload
                        """, "up 0..50, unknown 50..52.001, up 52.001.."),
                story("DOWN when the last process ended, and the next one began within two seconds", """
                        0 1 down L4CON
                        50 end
                        52 reload
                        53 2 down L4CON
                        """, """
                        down 0..
                        outage 0.. L4CON"""),
                story("checks that are far apart: a new process needs three times as long to find it DOWN", """
                        0 1 check pass 3/3 UP
                        30 1 check fail 2/3 UP L4CON
                        60 1 check fail 1/3 UP L4CON
                        90 1 check fail 0/3 DOWN L4CON
                        90 1 down
                        100 reload
                        190 2 check fail 0/3 DOWN L4CON
                        190 2 down
                        """, """
                        up 0..90, down 90..
                        outage 90.. L4CON joined first 30"""),
                story("the same, and later than that", """
                        0 1 check pass 3/3 UP
                        30 1 check fail 2/3 UP L4CON
                        60 1 check fail 1/3 UP L4CON
                        70 1 check fail 0/3 DOWN L4CON
                        70 1 down
                        100 reload
                        190.1 2 down
                        """, """
                        up 0..70, down 70..100, up 100..190.1, down 190.1..
                        outage 70..100 up L4CON joined first 30 uncertain
                        outage 190.1.."""),
                story(
                        "how far apart the checks of a server are that is DOWN, or of which one passed, does not count",
                        """
                        0 1 check fail 2/3 UP L4CON
                        20 1 check pass 3/3 UP
                        40 1 check fail 2/3 UP L4CON
                        41 1 check fail 1/3 UP L4CON
                        42 1 check fail 0/3 DOWN L4CON
                        42 1 down
                        82 1 check fail 0/3 DOWN L7STS
                        100 reload
                        116 2 down
                        """,
                        """
                        up 0..42, down 42..100, up 100..116, down 116..
                        outage 42..100 up L4CON joined first 40 uncertain
                        outage 116.."""),
                story("the first checks of a new process take ten seconds at most", """
                        0 1 down L4CON
                        5 reload
                        15 2 down L4CON
                        """, """
                        down 0..
                        outage 0.. L4CON"""),
                story(
                        "a failed check of the new process, long after it began: DOWN follows if it is not the end of one",
                        """
                        0 1 down L4CON
                        5 reload
                        65 2 check fail 0/2 DOWN L7STS
                        65 2 down
                        """,
                        """
                        down 0..5, up 5..65, down 65..
                        outage 0..5 up L4CON uncertain
                        outage 65.. L7STS joined first 65"""),
                story(
                        "a server that drained while DOWN, with a server-state file: it drains when it is back",
                        """
                        0 1 drain
                        1 1 down L4CON
                        5 reload
                        9 2 up
                        """,
                        """
                        drain 0..1, down 1..9, drain 9..
                        outage 1..9 up L4CON"""),
                story("DOWN by its agent, and after a reload its check says 1/2 DOWN: it has been all along", """
                        0 1 up
                        1 1 agent fail 0/1 DOWN L7STS
                        1 1 down
                        5 reload
                        8 2 check pass 1/2 DOWN
                        """, """
                        up 0..1, down 1..
                        outage 1.. L7STS joined agent first 1"""),
                story(
                        "DOWN by its agent, and after a reload its check passes: that is not what brought it down",
                        """
                        0 1 up
                        1 1 agent fail 0/1 DOWN L7STS
                        1 1 down
                        5 reload
                        8 2 check pass 3/3 UP
                        9 2 up
                        """,
                        """
                        up 0..1, down 1..9, up 9..
                        outage 1..9 up L7STS joined agent first 1"""),
                story("in forced maintenance still, as a line says: the line that began it was lost", """
                        0 1 down L4CON
                        5 1 remains-maint
                        """, """
                        down 0..5, maint 5..
                        outage 0..5 maintenance L4CON uncertain"""),
                story("what a dump called DOWN remains in maintenance", """
                        0 begin
                        7 1 hup down
                        9 1 remains-maint
                        """, "maint 7.."),
                story("a drain that remains", """
                        0 1 up
                        5 1 remains-drain
                        7 1 down L4CON
                        9 1 up
                        """, """
                        up 0..5, drain 5..7, down 7..9, drain 9..
                        outage 7..9 up L4CON"""),
                story("stopping is printed of a server that is up: its UP was not", """
                        0 1 down L4CON
                        5 1 stopping
                        """, """
                        down 0..5, drain 5..
                        outage 0..5 up L4CON"""),
                story("leaving maintenance, of which no line said that it began", """
                        0 1 down L4CON
                        6 1 ready up
                        """, """
                        down 0..6, up 6..
                        outage 0..6 unknown L4CON uncertain"""),
                story("the same after its check had passed", """
                        0 1 check fail 0/2 DOWN L4CON
                        4 1 check pass 3/3 UP
                        6 1 ready up
                        """, """
                        down 0..4, up 4..
                        outage 0..4 up L4CON joined first 0 success 4 uncertain"""),
                story("leaving drain into DOWN opens an outage", """
                        0 1 drain
                        3 1 undrain down
                        """, """
                        drain 0..3, down 3..
                        outage 3.."""),
                story("leaving drain and up: so it is not DOWN any more", """
                        0 1 down L4CON
                        3 1 undrain up
                        """, """
                        down 0..3, up 3..
                        outage 0..3 up L4CON"""),
                story("leaving drain and up, after its check had passed: up since then", """
                        0 1 check fail 0/2 DOWN L4CON
                        4 1 check pass 3/3 UP
                        6 1 undrain up
                        """, """
                        down 0..4, up 4..
                        outage 0..4 up L4CON joined first 0 success 4 uncertain"""),
                story("the check has passed, but it leaves drain while DOWN", """
                        0 1 check fail 0/2 DOWN L4CON
                        4 1 check pass 3/3 UP
                        6 1 undrain down
                        """, """
                        down 0..
                        outage 0.. L4CON joined first 0 success 4"""),
                story("the check has passed, but it drains while DOWN", """
                        0 1 check fail 0/2 DOWN L4CON
                        4 1 check pass 3/3 UP
                        6 1 drain left=1
                        """, """
                        down 0..
                        outage 0.. L4CON joined first 0 success 4"""),
                story("the check has passed, but a dump says DOWN", """
                        0 1 check fail 0/2 DOWN L4CON
                        4 1 check pass 3/3 UP
                        6 1 hup down
                        """, """
                        down 0..
                        outage 0.. L4CON joined first 0 success 4"""),
                story("a dump says UP of a server that was DOWN: the UP line was lost", """
                        0 1 down L4CON
                        7 1 hup up
                        """, """
                        down 0..7, up 7..
                        outage 0..7 up L4CON uncertain"""),
                story("the check has passed, and DOWN follows: the UP line was lost", """
                        0 1 check fail 0/2 DOWN L4CON
                        4 1 check pass 3/3 UP
                        9 1 down
                        """, """
                        down 0..4, up 4..9, down 9..
                        outage 0..4 up L4CON joined first 0 success 4 uncertain
                        outage 9.."""),
                story(
                        "the check has passed, failed once and passed again, and no UP line follows: up since it passed",
                        """
                        0 1 check fail 0/2 DOWN L4CON
                        4 1 check pass 3/3 UP
                        5 1 check fail 2/3 UP L4CON
                        6 1 check pass 3/3 UP
                        """,
                        """
                        down 0..4, up 4..
                        outage 0..4 up L4CON joined first 0 success 4 uncertain"""),
                story("the check has passed, and it passes while DOWN: it fell again, and no line says so", """
                        0 1 check fail 0/2 DOWN L4CON
                        4 1 check pass 3/3 UP
                        8 1 check pass 1/2 DOWN
                        9 1 check pass 3/3 UP
                        9 1 up
                        """, """
                        down 0..4, up 4..8, down 8..9, up 9..
                        outage 0..4 up L4CON joined first 0 success 4 uncertain
                        outage 8..9 up success 8 uncertain"""),
                story("both kinds of check fail: the later one gives the reason", """
                        0 1 up
                        4 1 check fail 1/3 UP L4CON
                        5 1 agent fail 1/2 UP L7STS
                        6 1 down
                        """, """
                        up 0..6, down 6..
                        outage 6.. L7STS joined agent first 5"""),
                story("the same the other way round", """
                        0 1 up
                        4 1 agent fail 1/2 UP L7STS
                        5 1 check fail 1/3 UP L4CON
                        6 1 down
                        """, """
                        up 0..6, down 6..
                        outage 6.. L4CON joined first 5"""),
                story("a check that was running when maintenance began ends within a minute", """
                        0 1 maint
                        60 1 check pass 3/3 UP
                        """, "maint 0.."),
                story("maintenance overtakes a check within two seconds", """
                        0 1 up
                        5 1 check fail 0/2 DOWN L4CON
                        7 1 maint
                        """, "up 0..7, maint 7.."),
                story("maintenance overtakes the check that made it flap: it does not", """
                        0 1 down L4CON
                        1 1 up
                        2 1 down L4CON
                        3 1 up
                        4 1 check fail 0/2 DOWN L4CON
                        4.001 1 maint
                        """, """
                        down 0..1, up 1..2, down 2..3, up 3..4.001, maint 4.001..
                        outage 0..1 up L4CON
                        outage 2..3 up L4CON"""),
                story("the same of a server that had flapped before", """
                        0 1 down L4CON
                        1 1 up
                        2 1 down L4CON
                        3 1 up
                        4 1 down L4CON
                        5 1 up
                        6 1 check fail 0/2 DOWN L4CON
                        6.001 1 maint
                        """, """
                        down 0..1, up 1..2, down 2..3, up 3..4, down 4..5, up 5..6.001, maint 6.001..
                        flapping 4 downs 3
                        outage 0..1 up L4CON
                        outage 2..3 up L4CON
                        outage 4..5 up L4CON"""),
                story("a second DOWN line within two seconds repeats it", """
                        0 1 down L4CON
                        2 1 down left=0
                        """, """
                        down 0..
                        outage 0.. L4CON emptied"""),
                story("the counts of a repeated line: a backend that was empty was", """
                        0 1 down L4CON left=0
                        1 1 down L4CON left=2
                        """, """
                        down 0..
                        outage 0.. L4CON emptied"""),
                story("the counts of a repeated line: empty as the second one says", """
                        0 1 down L4CON left=2
                        1 1 down L4CON left=0
                        """, """
                        down 0..
                        outage 0.. L4CON emptied"""),
                story("the reason of a repeated line, which the first one lacks", """
                        0 1 down
                        1 1 down L4CON
                        1 1 down L7STS
                        """, """
                        down 0..
                        outage 0.. L4CON"""),
                story("DOWN twice within ten seconds, the time of first checks", """
                        0 8 down L4CON
                        10 8 down L4CON
                        """, """
                        down 0..
                        outage 0.. L4CON"""),
                story("a backup server", """
                        0 1 up backup
                        5 1 down L4CON
                        """, """
                        up 0..5, down 5..
                        backup outage 5.. L4CON"""),
                story("a backup server, as its checks tell, and once told it is", """
                        0 1 check pass 3/3 UP backup
                        3 1 check pass 2/3 UP
                        5 1 down L4CON alert
                        """, """
                        up 0..5, down 5..
                        backup outage 5.. L4CON"""),
                story("a backup server, as told when it got its name", """
                        0 1 named backup
                        5 1 down L4CON
                        """, """
                        up 0..5, down 5..
                        backup outage 5.. L4CON"""),
                story(
                        "where checks are logged, no DOWN line of a severity of traffic has a reason: a client planted it",
                        """
                        0 1 check pass 3/3 UP
                        5 1 down L4CON
                        6 1 down via b/x
                        """,
                        """
                        up 0..6, down 6..
                        outage 6.. via b/x"""),
                story("the same where the agent's checks are logged", """
                        0 1 agent pass 1/1 UP
                        5 1 down L4CON
                        """, "up 0.."),
                story("it is another process whose checks are logged", """
                        0 1 check pass 3/3 UP
                        5 2 down L4CON
                        """, """
                        up 0..5, down 5..
                        outage 5.. L4CON"""),
                story("UP lines are genuine, and DOWN lines of a severity that traffic has not", """
                        0 1 check pass 3/3 UP
                        5 1 down L4CON alert
                        9 1 up
                        """, """
                        up 0..5, down 5..9, up 9..
                        outage 5..9 up L4CON"""),
                story(
                        "a check that says the same of another state: the weight is 0 no more",
                        """
                        0 1 check pass 3/3 DRAIN
                        5 1 check pass 3/3 UP
                        """,
                        "drain 0..5, up 5.."),
                story("two outages in one second of a log without fractions", """
                        0 1 up
                        5 1 down L4CON
                        5 1 up
                        5 1 down L4CON
                        5 1 up
                        """, """
                        up 0..5, up 5..5.000001, up 5.000001..
                        outage 5..5 up L4CON
                        outage 5.000001..5.000001 up L4CON"""));
    }

    private static Arguments story(String name, String lines, String expected) {
        return Arguments.of(name, lines, expected);
    }

    static Stream<Arguments> provenances() {
        return Stream.of(
                story("a fall whose DOWN line has the reason", """
                        0 1 up
                        5 1 down L4CON left=0
                        9 1 up
                        """, """
                        up 0..5: opened 1
                        down 5..9: opened 2
                        up 9..: opened 3
                        outage 5..9: opened 2, closed 3"""),
                story("a fall with log-health-checks", """
                        0 1 check pass 3/3 UP
                        3 1 check fail 2/3 UP L4CON
                        4 1 check fail 1/3 UP L4CON
                        5 1 check fail 0/2 DOWN L7STS
                        5 1 down left=2
                        8 1 check pass 1/2 DOWN
                        9 1 check pass 3/3 UP
                        9 1 up
                        """, """
                        up 0..5: opened 1
                        down 5..9: decided 4
                        up 9..: opened 8
                        outage 5..9: first_failure 2, decided 4, opened 5, first_success 6, closed 8"""),
                story("a rise that fell back", """
                        0 1 check fail 0/2 DOWN L4CON
                        2 1 check pass 1/2 DOWN
                        3 1 check fail 0/2 DOWN L4CON
                        5 1 check pass 1/2 DOWN
                        6 1 up
                        """, """
                        down 0..6: decided 1
                        up 6..: opened 5
                        outage 0..6: first_failure 1, decided 1, first_success 4, closed 5"""),
                story("a DOWN line whose reason is in a check line before it", """
                        0 1 check fail 1/2 UP L4CON
                        1 1 check fail 1/2 UP L4TOUT
                        2 1 down
                        """, """
                        up 0..2: opened 1
                        down 2..: opened 3
                        outage 2..: first_failure 1, decided 2, opened 3"""),
                story("of many repeats the first three", """
                        0 1 down L4CON
                        0 1 down L4CON
                        1 1 down L4CON
                        1 1 down L4CON
                        2 1 down L4CON
                        3 1 down L4CON
                        """, """
                        down 0..: opened 1
                        outage 0..: opened 1, repeated 2, repeated 3, repeated 4, and 2"""),
                story("a first line that implies what was before it", """
                        0 begin
                        7 1 down L4CON
                        """, """
                        up 0..7: first_line 2
                        down 7..: opened 2
                        outage 7..: opened 2"""),
                story("a missing UP line", """
                        0 1 check fail 0/2 DOWN L4CON
                        3 1 check pass 3/3 UP
                        6 1 check fail 0/2 DOWN L4CON
                        """, """
                        down 0..3: decided 1
                        up 3..6: up_line_missing 2
                        down 6..: decided 3
                        outage 0..3: first_failure 1, decided 1, first_success 2, up_line_missing 2
                        outage 6..: first_failure 3, decided 3"""),
                story("a missing DOWN line", """
                        0 1 up
                        3 1 check pass 1/2 DOWN
                        """, """
                        up 0..3: opened 1
                        down 3..: down_line_missing 2
                        outage 3..: down_line_missing 2, first_success 2"""),
                story("a DOWN again so late that an UP line is missing", """
                        0 1 down L4CON
                        30 1 down L4CON
                        """, """
                        down 0..: opened 1
                        outage 0..: opened 1, up_line_missing 2"""),
                story("maintenance that shows that it was not DOWN", """
                        0 1 down L4CON
                        3 1 maint
                        """, """
                        down 0..3: opened 1
                        maint 3..: opened 2
                        outage 0..3: opened 1, up_before_maintenance 2"""),
                story("a reload in an outage, which the first message continues", """
                        0 1 down L4CON
                        5 reload
                        8 2 down L4TOUT
                        9 2 up
                        """, """
                        down 0..9: opened 1
                        up 9..: opened 4
                        outage 0..9: opened 1, process_began at 5, down_at_once 3, closed 4"""),
                story("a reload that ended it", """
                        0 1 down L4CON
                        5 reload
                        8 2 check pass 3/3 UP
                        """, """
                        down 0..5: opened 1
                        up 5..: process_began at 5, passed_check_up 3
                        outage 0..5: opened 1, process_began at 5, passed_check_up 3"""),
                story("a reload after which nothing is known", """
                        0 1 down L4CON
                        5 reload
                        """, """
                        down 0..5: opened 1
                        unknown 5..: process_began at 5
                        outage 0..5: opened 1, process_began at 5"""),
                story("the end of the last process", """
                        0 1 down L4CON
                        5 end
                        """, """
                        down 0..5: opened 1
                        unknown 5..: process_ended at 5
                        outage 0..5: opened 1, process_ended at 5"""),
                story("a dump", """
                        0 begin
                        5 1 hup down
                        """, """
                        down 5..: snapshot 2
                        outage 5..: snapshot 2"""),
                story("HAProxy was asked", """
                        0 begin
                        5 1 told down
                        8 1 up
                        """, """
                        down 5..8: observed 2
                        up 8..: opened 3
                        outage 5..8: observed 2, closed 3"""),
                story("an absence in which it came back", """
                        0 1 down L4CON
                        5 absent 8
                        20 1 down L4CON
                        """, """
                        down 0..5: opened 1
                        unknown 5..8: absence 3
                        up 8..20: absence 3
                        down 20..: opened 3
                        outage 0..5: opened 1, absence 3
                        outage 20..: opened 3"""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("provenances")
    void followsFromLines(String name, String lines, String expected) {
        assertThat(Story.provenance(lines)).isEqualTo(expected);
    }

    @Test
    void whyItIsInMaintenanceOrDrained() {
        assertThat(causes("""
                0 1 up
                2 1 maint
                3 1 ready up
                4 1 maint removed
                5 1 ready up
                6 1 drain
                7 1 undrain up
                8 1 check pass 3/3 DRAIN
                9 1 check fail 2/3 UP
                """))
                .isEqualTo(
                        "up, maintenance, leaving maintenance, entry removed from SRV record, leaving maintenance, drain,"
                                + " leaving drain, weight 0, check");
        assertThat(causes("""
                0 begin
                2 1 check pass 3/3 DRAIN
                """)).isEqualTo("weight 0");
        assertThat(causes("0 1 check pass 3/3 UP")).isEqualTo("check");
    }

    /** The causes of the intervals of a story, in order. */
    private static String causes(String story) {
        return Story.emitted(story).stream()
                .map(OutputRecord::value)
                .filter(StateInterval.class::isInstance)
                .map(StateInterval.class::cast)
                .sorted(Comparator.comparing(StateInterval::fromAt))
                .map(StateInterval::cause)
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void follows(String name, String lines, String expected) {
        assertThat(Story.outcome(lines)).isEqualTo(expected);
        assertThat(Story.provenance(lines).lines()).noneMatch(record -> record.endsWith(": "));
    }
}
