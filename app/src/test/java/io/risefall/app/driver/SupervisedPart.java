package io.risefall.app.driver;

import io.risefall.query.http.service.ServiceClient;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultFormat;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A command of Risefall in a JVM of its own, started again whenever it ends unasked, as systemd does it. Called by one
 * thread.
 */
public final class SupervisedPart implements StoppablePart {
    /** No limit that is tested: a machine may be busy. */
    private static final int STOP_SECONDS = 180;

    private final String name;
    private final Path folder;
    private final List<String> arguments;
    private final List<String> machineOptions = new ArrayList<>();
    private final List<String> ownEnds = new ArrayList<>();
    private @Nullable Path launcher;
    private @Nullable Process process;
    private @Nullable Thread supervisor;
    private volatile boolean wanted;
    /** Characters of its output when it was launched last. */
    private int outputBefore;

    /** @param folder for its data, what it prints and what its libraries unpack */
    public SupervisedPart(String name, Path folder, String... arguments) {
        this.name = name;
        this.folder = folder;
        this.arguments = List.of(arguments);
        // A test that is broken off leaves none behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process().ifPresent(ProcessHandle::destroyForcibly)));
    }

    /** With these options, without blanks, of its Java virtual machine and of those that it starts. */
    public SupervisedPart with(String... options) {
        machineOptions.addAll(List.of(options));
        return this;
    }

    /**
     * From its next start on it is another build.
     *
     * @param other the launcher of that build; null: this build
     */
    public void launchedBy(@Nullable Path other) {
        launcher = other;
    }

    public Path data() {
        return folder.resolve("data");
    }

    /** What it answers a query, as CSV; empty while nothing answers. */
    public String ask(String sql) throws InterruptedException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            Optional<ServiceClient> service = ServiceClient.find(data());
            if (service.isEmpty()) {
                return "";
            }
            service.get().sql(sql, ResultFormat.CSV, answer);
        } catch (IOException | QueryException e) {
            return "";
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() throws IOException {
        wanted = true;
        Process started = launch();
        Thread thread = new Thread(() -> supervise(started), "supervise-" + name);
        thread.setDaemon(true);
        supervisor = thread;
        thread.start();
    }

    @Override
    public Optional<ProcessHandle> process() {
        synchronized (this) {
            return Optional.ofNullable(process).map(Process::toHandle).filter(ProcessHandle::isAlive);
        }
    }

    @Override
    public void kill() throws InterruptedException {
        end(true);
    }

    /** Its exit code. */
    @Override
    public int stop() throws InterruptedException {
        return end(false);
    }

    private int end(boolean forcibly) throws InterruptedException {
        Process last;
        synchronized (this) {
            wanted = false;
            last = process;
            if (last == null) {
                return 0;
            }
            if (forcibly) {
                last.destroyForcibly();
            } else {
                last.destroy();
            }
        }
        if (!last.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " did not end within " + STOP_SECONDS + " s: " + output());
        }
        Thread thread = supervisor;
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
        return last.exitValue();
    }

    private void supervise(Process first) {
        Process current = first;
        try {
            while (true) {
                current.waitFor();
                synchronized (this) {
                    if (!wanted) {
                        return;
                    }
                    ownEnds.add(name + " ended by itself (" + current.exitValue() + "): " + lastLine());
                }
                TimeUnit.MILLISECONDS.sleep(200);
                synchronized (this) {
                    if (!wanted) {
                        return;
                    }
                    current = launch();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized Process launch() throws IOException {
        Path unpacked = folder.resolve("tmp");
        clear(unpacked);
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--data", data().toString()));
        List<String> options = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        Path other = launcher;
        if (other != null) {
            all.add(0, other.toString());
        }
        outputBefore = output().length();
        ProcessBuilder builder = new ProcessBuilder(
                        other == null ? PackedRisefall.command(unpacked, options, all) : all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(outputFile()));
        if (!machineOptions.isEmpty()) {
            builder.environment().put("JAVA_TOOL_OPTIONS", String.join(" ", machineOptions));
        }
        builder.environment().put("RISEFALL_JAVA_OPTS", String.join(" ", options));
        Process started = builder.start();
        process = started;
        return started;
    }

    /** What killed JVMs have unpacked stays behind, 70 MB each. */
    private static void clear(Path unpacked) throws IOException {
        if (Files.exists(unpacked)) {
            try (var files = Files.list(unpacked)) {
                for (Path file : files.toList()) {
                    if (Files.isRegularFile(file)) {
                        Files.delete(file);
                    }
                }
            }
        }
        Files.createDirectories(unpacked);
    }

    private File outputFile() {
        return folder.resolve("output").toFile();
    }

    /** Whether it has said that it works, and not ended since. */
    public synchronized boolean isWorking() {
        return process().isPresent() && output().indexOf("press Ctrl-C to stop", outputBefore) >= 0;
    }

    @Override
    public String output() {
        try {
            return outputFile().exists() ? Files.readString(outputFile().toPath()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String lastLine() {
        return output().lines().reduce((one, next) -> next).orElse("it said nothing");
    }

    @Override
    public synchronized List<String> ownEnds() {
        return List.copyOf(ownEnds);
    }
}
