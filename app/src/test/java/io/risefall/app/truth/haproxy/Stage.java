package io.risefall.app.truth.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.risefall.app.driver.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One scripted run of a real HAProxy: a master and its worker, the services that it checks, its log captured in two
 * forms, its stats socket sampled. A script goes on when the socket shows what it waits for. For one thread.
 */
public final class Stage implements AutoCloseable {
    /** So often, and each time for so long, a master is asked to reload. */
    private static final int SIGNALS = 4;

    private static final Duration ONE_SIGNAL = Duration.ofSeconds(10);

    /** {@code CHK_ST_INPROGRESS} of HAProxy's check-t.h. */
    private static final int CHECK_IN_PROGRESS = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DEFAULTS = """
            defaults
                mode http
                timeout connect 300ms
                timeout client 5s
                timeout server 5s
                timeout check 500ms
                option httpchk GET /health
                option log-health-checks
                default-server check inter 150ms fall 2 rise 2
            frontend unused
                bind unix@%s
            """;

    private final Path folder;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final LogCapture precise;
    private final LogCapture local;
    private final OutputCapture output;
    private final StatsSocket socket;
    private final StateSamples samples;
    private final StringBuilder moreTargets = new StringBuilder();
    private final List<String> steps = new ArrayList<>();
    private String configuration = "";
    private Process program;
    private boolean contained;
    private int otherPrograms;

    /** @param dropEvery of so many datagrams of each form one is lost; 0: none */
    public Stage(Path folder, int dropEvery) throws IOException {
        this.folder = Files.createDirectories(folder);
        precise = part(new LogCapture(folder.resolve("rfc5424.log"), dropEvery));
        local = part(new LogCapture(folder.resolve("local.log"), dropEvery));
        output = part(new OutputCapture(folder.resolve("output.log")));
        socket = new StatsSocket(folder.resolve("stats"));
        samples = part(new StateSamples(socket));
    }

    /** Ended with the stage. */
    public <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    public ScriptedService service() throws IOException {
        return part(new ScriptedService());
    }

    /** A path for a unix socket. */
    public Path socket(String name) {
        return folder.resolve(name);
    }

    /** Where HAProxy looks for the state of its servers. */
    public Path serverStateFile() {
        return folder.resolve("server-state");
    }

    /** Each line is also sent there: {@code ADDRESS format FORM FACILITY}. */
    public void alsoLogTo(String target) {
        moreTargets.append("    log ").append(target).append('\n');
    }

    /**
     * Starts HAProxy.
     *
     * @param targets how often each line is sent to each capture
     */
    public void start(int targets, String sections) throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < targets; i++) {
            log.append("    log 127.0.0.1:%d format rfc5424 local0\n".formatted(precise.port()));
            log.append("    log 127.0.0.1:%d format local local0\n".formatted(local.port()));
        }
        String global = """
                global
                    stats socket %s mode 600 level admin
                    server-state-file %s
                %s%s""".formatted(socket.path(), serverStateFile(), log, moreTargets);
        configuration = global + DEFAULTS.formatted(folder.resolve("front")) + "    log global\n"
                + sections.replaceAll("(?m)^((backend|listen) .*)$", "$1\n    log global");
        start();
    }

    /** HAProxy lives in a PID namespace of its own from now on, as in a container: its pids come back. */
    public void contain() {
        contained = true;
    }

    /** Before HAProxy starts again in its container, so many other programs have run there: that changes its pids. */
    public void runBefore(int programsBefore) {
        otherPrograms = programsBefore;
    }

    /** Starts it again as it was. */
    public void start() throws IOException {
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration);
        List<String> command = new ArrayList<>();
        if (contained) {
            command.addAll(Containers.command(otherPrograms));
        }
        command.addAll(List.of(Programs.find("haproxy").toString(), "-W", "-db", "-f", file.toString()));
        program = part(new Ended(
                        new ProcessBuilder(command).redirectErrorStream(true).start()))
                .process();
        output.read(program);
        Process started = program;
        await("HAProxy").atMost(PATIENCE).until(() -> !samples.process().isEmpty() || !started.isAlive());
        assertThat(started.isAlive()).as("HAProxy: %s", folder).isTrue();
    }

    /** A process that ends with the stage. */
    private record Ended(Process process) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    private ProcessHandle master() {
        return contained ? Containers.child(program.toHandle()) : program.toHandle();
    }

    /** Goes on when the stats socket shows the server in this state, as UP or MAINT. */
    public void until(String server, String state) {
        await(folder.getFileName() + " " + server)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(samples.state(server)).isEqualTo(state));
    }

    /** Goes on when no check of the server is under way: its result would undo what is commanded next. */
    public void untilNoCheckRuns(String server) {
        await("a check of " + server + " runs")
                .atMost(PATIENCE)
                .until(() -> (checkState(server) & CHECK_IN_PROGRESS) == 0);
    }

    /** {@code srv_check_state}, the fourteenth column. */
    private int checkState(String server) throws IOException {
        String[] name = server.split("/");
        return socket.ask("show servers state " + name[0])
                .lines()
                .map(line -> line.split(" "))
                .filter(columns -> columns.length > 13 && columns[3].equals(name[1]))
                .mapToInt(columns -> Integer.parseInt(columns[13]))
                .findFirst()
                .orElseThrow();
    }

    /** Goes on when nothing has changed for so many seconds from now on, by the stats socket. */
    public void untilQuiet(double seconds) {
        long from = System.nanoTime();
        await("quiet")
                .atMost(PATIENCE)
                .until(() -> Math.min(samples.quiet(), (System.nanoTime() - from) / 1e9) > seconds);
    }

    /** The latest state of {@code proxy/server} on the stats socket, as UP or MAINT; empty where there is no such server. */
    public String state(String server) {
        return samples.state(server);
    }

    /** Commands of the runtime API; an answer of more than blank lines is an error unless it is expected. */
    public void command(String text, String expected) throws IOException {
        assertThat(socket.ask(text).strip()).as(text).contains(expected);
    }

    public void command(String text) throws IOException {
        assertThat(socket.ask(text).strip()).as(text).isEmpty();
    }

    /** What the process knows of its servers, for the one after it. */
    public void saveServerState() throws IOException {
        Files.writeString(serverStateFile(), socket.ask("show servers state"));
    }

    /** A new worker takes over. */
    public void reload() throws IOException, InterruptedException {
        String before = samples.process();
        // A master that has started its worker and is not back in its loop loses the signal.
        for (int i = 0; i < SIGNALS && samples.process().equals(before); i++) {
            signal("USR2", master());
            isReplaced(before, ONE_SIGNAL);
        }
        takenOver(before);
    }

    /** The worker dies without a word, the master with it; the same configuration starts again. */
    public void crash() throws IOException, InterruptedException {
        String before = samples.process();
        signal("KILL", Containers.newestChild(master()));
        startAfter(before);
    }

    /** All of it ends as an operator ends it, and the same configuration starts again. */
    public void restart() throws IOException, InterruptedException {
        String before = samples.process();
        signal("TERM", master());
        startAfter(before);
    }

    /** As {@link #restart}, after all connections have ended: as a container engine stops HAProxy's own image. */
    public void restartSoftly() throws IOException, InterruptedException {
        String before = samples.process();
        signal("USR1", master());
        startAfter(before);
    }

    /** All of it dies without a word, as in a container that runs out of memory, and the same configuration starts again. */
    public void killAll() throws IOException, InterruptedException {
        String before = samples.process();
        signal("KILL", master());
        startAfter(before);
    }

    private void startAfter(String before) throws IOException, InterruptedException {
        assertThat(program.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        output.untilOpen(0);
        // The stats socket tells processes with the same pid apart by the second in which they began.
        long second = Long.parseLong(before.substring(before.indexOf(' ') + 1));
        await().atMost(PATIENCE).until(() -> System.currentTimeMillis() / 1000 > second + 1);
        start();
        takenOver(before);
    }

    /** The worker prints how each server is. */
    public void dump() throws IOException, InterruptedException {
        signal("HUP", Containers.newestChild(master()));
    }

    private void takenOver(String from) throws IOException {
        if (!isReplaced(from, PATIENCE)) {
            throw new AssertionError("no process after " + from + ":\n" + Files.readString(output.file()));
        }
    }

    private boolean isReplaced(String process, Duration within) {
        try {
            await().atMost(within).until(() -> !samples.process().equals(process));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private static void signal(String name, ProcessHandle to) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name.toUpperCase(Locale.ROOT), String.valueOf(to.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Both captures go on in a new file. */
    public void rotateLogs() throws IOException {
        precise.rotate();
        local.rotate();
    }

    /** The log with fractions of seconds, its files in order of time. */
    public List<Path> precise() {
        return precise.files();
    }

    /** HAProxy's default form: whole seconds, no year, no zone. */
    public List<Path> local() {
        return local.files();
    }

    /** What HAProxy printed, as a container engine keeps it. */
    public Path output() {
        return output.file();
    }

    /** Lines of the log with fractions that were lost on purpose. */
    public List<String> lost() {
        return precise.lost();
    }

    /** Notes what is done, where a script does not say it. */
    public void say(String step) {
        steps.add("%.3f %s".formatted(System.currentTimeMillis() / 1e3, step));
    }

    public List<String> steps() {
        return steps;
    }

    /** HAProxy's own account of it all, once two more samples agree that nothing changes and the logs tell as much. */
    public JsonNode truth() throws IOException {
        long seen = samples.samples();
        await().atMost(PATIENCE).until(() -> samples.samples() > seen + 2);
        precise.catchUp();
        local.catchUp();
        long printed = output.lines();
        await().atMost(PATIENCE).until(() -> samples.samples() > seen + 4 && output.lines() >= printed);
        return samples.truth();
    }

    @Override
    public void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
