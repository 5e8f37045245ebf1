package io.risefall.app.truth.script;

import io.risefall.app.truth.haproxy.ScriptedService;
import io.risefall.app.truth.haproxy.Stage;
import io.risefall.schemas.suite.Length;

/** One HAProxy after another in a container, where pids come back; and what only its master tells. */
final class ContainerScripts {
    private static final String QUIET = """
            backend web
                no option log-health-checks
                server a 127.0.0.1:%d
                server b 127.0.0.1:%d
                server c 127.0.0.1:%d
            """;

    /** Longer than first checks of a new process may take: a DOWN within that time may be an old one. */
    private static final double PAST_FIRST_CHECKS = 10.5;

    /** Programs that run before each start: those of one number have the same pids. */
    private static final int[] BEFORE = {0, 0, 1, 0, 1, 1, 0, 2, 0, 0};

    /** Each kind at least once. */
    private static final int RESTARTS = Length.of(6, BEFORE.length);

    private ContainerScripts() {}

    /** Restarts of all kinds; a server that was DOWN stays so or is repaired meanwhile. */
    static void restarts(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.contain();
        stage.start(1, Scripts.WEB.formatted(a.port(), b.port()));
        stage.until("web/a", "UP");
        for (int i = 0; i < RESTARTS; i++) {
            a.refuse();
            stage.until("web/a", "DOWN");
            boolean repaired = i % 3 != 0;
            if (repaired) {
                a.ok();
            }
            restart(stage, i);
            stage.until("web/b", "UP");
            stage.until("web/a", repaired ? "UP" : "DOWN");
            stage.untilQuiet(Scripts.LONG);
            a.ok();
            stage.until("web/a", "UP");
        }
        b.answer(503);
        stage.until("web/b", "DOWN");
    }

    /** The same with checks that are not logged: a new process whose servers are up says nothing, only its master does. */
    static void quietRestarts(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        ScriptedService c = stage.service();
        stage.contain();
        stage.start(1, QUIET.formatted(a.port(), b.port(), c.port()));
        stage.until("web/a", "UP");
        for (int i = 0; i < RESTARTS; i++) {
            boolean repaired = i % 4 == 1;
            a.refuse();
            stage.until("web/a", "DOWN");
            if (repaired) {
                b.answer(500);
                stage.until("web/b", "DOWN");
                b.ok();
            }
            restart(stage, i);
            stage.until("web/a", "DOWN");
            stage.untilQuiet(repaired ? PAST_FIRST_CHECKS : Scripts.LONG);
            a.ok();
            stage.until("web/a", "UP");
        }
        c.refuse();
        stage.until("web/c", "DOWN");
    }

    /** Reloads of which the old and the new worker say nothing of the servers. */
    static void quietReloads(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        ScriptedService c = stage.service();
        stage.start(1, QUIET.formatted(a.port(), b.port(), c.port()));
        stage.until("web/a", "UP");
        for (int i = 0; i < 2; i++) {
            a.refuse();
            stage.until("web/a", "DOWN");
            a.ok();
            stage.reload();
            stage.until("web/a", "UP");
            stage.untilQuiet(PAST_FIRST_CHECKS);
        }
        c.answer(503);
        stage.until("web/c", "DOWN");
    }

    private static void restart(Stage stage, int number) throws Exception {
        stage.runBefore(BEFORE[number]);
        switch (number % 4) {
            case 0 -> stage.restart();
            case 1 -> stage.crash();
            case 2 -> stage.restartSoftly();
            default -> stage.killAll();
        }
    }
}
