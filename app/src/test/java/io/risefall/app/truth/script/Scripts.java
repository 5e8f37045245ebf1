package io.risefall.app.truth.script;

import io.risefall.app.truth.haproxy.ScriptedService;
import io.risefall.app.truth.haproxy.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What is done to a real HAProxy, by name. Each goes on when HAProxy's own account shows what it waits for. */
public final class Scripts {
    /** Loses lines on purpose. */
    public static final String LOST = "lost";
    /** To be read in another zone. */
    public static final String WRONG_ZONE = "wrong-zone";

    /** Where a new process forgets, or keeps without a word, so that some time can be unknown. */
    public static final Set<String> NEW_PROCESSES = Set.of(
            "reload",
            "reload-with-state-file",
            "two-reloads",
            "long-old-worker",
            "crash",
            "restart",
            "dump",
            "container",
            "quiet-container",
            "quiet-reloads");

    /** Where only the master tells of a new process, on its output: a log that it does not write to is silent of it. */
    public static final Set<String> MASTER_TELLS = Set.of("quiet-container", "quiet-reloads");

    /** That live in a PID namespace, which not every machine permits. */
    public static final Set<String> CONTAINED = Set.of("container", "quiet-container");

    /** Seconds: more than a stamp of whole seconds can be off. */
    public static final double LONG = 1.5;

    private static final int FLAPS = 8;

    static final String WEB = """
            backend web
                server a 127.0.0.1:%d
                server b 127.0.0.1:%d
            """;

    private Scripts() {}

    public static Map<String, Script> all() {
        Map<String, Script> all = new LinkedHashMap<>();
        // The longest first: some are played at a time.
        all.put("quiet-container", ContainerScripts::quietRestarts);
        all.put("container", ContainerScripts::restarts);
        all.put("quiet-reloads", ContainerScripts::quietReloads);
        all.put("each-once", Scripts::eachOnce);
        all.put(WRONG_ZONE, Scripts::eachOnce);
        all.put("maintenance-in-an-outage", OperatorScripts::maintenanceInAnOutage);
        all.put("drain", OperatorScripts::drain);
        all.put("forced-health", OperatorScripts::forcedHealth);
        all.put("dynamic-servers", OperatorScripts::dynamicServers);
        all.put("reload", ProcessScripts::reload);
        all.put("reload-with-state-file", ProcessScripts::reloadWithStateFile);
        all.put("two-reloads", ProcessScripts::twoReloads);
        all.put("long-old-worker", ProcessScripts::longOldWorker);
        all.put("crash", ProcessScripts::crash);
        all.put("restart", ProcessScripts::restart);
        all.put("dump", ProcessScripts::dump);
        all.put("agent", CheckScripts::agent);
        all.put("agent-out-of-reach", CheckScripts::agentOutOfReach);
        all.put("dns", CheckScripts::dns);
        all.put("stopping", CheckScripts::stopping);
        all.put("tracked", CheckScripts::tracked);
        all.put("doubled-targets", stage -> flaps(stage, 2, false));
        all.put("rotated", stage -> flaps(stage, 1, true));
        all.put(LOST, stage -> flaps(stage, 1, false));
        return all;
    }

    /** An outage of each reason, and one maintenance: what can be told apart in whole seconds. */
    private static void eachOnce(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, WEB.formatted(a.port(), b.port()));
        stage.until("web/a", "UP");
        a.refuse();
        b.answer(503);
        stage.until("web/a", "DOWN");
        stage.until("web/b", "DOWN");
        stage.untilQuiet(LONG);
        a.ok();
        stage.until("web/a", "UP");
        stage.command("set server web/a state maint");
        stage.until("web/a", "MAINT");
        stage.untilQuiet(LONG);
        b.ok();
        stage.until("web/b", "UP");
    }

    /** Many outages, of two servers of one backend and of the only one of another. */
    public static void flaps(Stage stage, int targets, boolean rotate) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        ScriptedService c = stage.service();
        ScriptedService d = stage.service();
        stage.start(targets, WEB.formatted(a.port(), b.port()) + """
                    server c 127.0.0.1:%d
                backend alone
                    server d 127.0.0.1:%d
                """.formatted(c.port(), d.port()));
        stage.until("web/c", "UP");
        for (int i = 0; i < FLAPS; i++) {
            a.refuse();
            b.answer(503);
            d.refuse();
            untilAll(stage, "DOWN", "web/a", "web/b", "alone/d");
            if (rotate && i % 2 == 0) {
                stage.rotateLogs();
            }
            a.ok();
            b.ok();
            d.ok();
            untilAll(stage, "UP", "web/a", "web/b", "alone/d");
        }
    }

    private static void untilAll(Stage stage, String state, String... servers) {
        for (String server : servers) {
            stage.until(server, state);
        }
    }
}
