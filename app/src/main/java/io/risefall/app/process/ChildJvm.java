package io.risefall.app.process;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A child JVM with the Java and the classes of this one, which exits with it. It finds native libraries where this one does. The
 * launcher passes its archive of parsed classes in {@code risefall.archive}; it also has the children's.
 */
public final class ChildJvm {
    private ChildJvm() {}

    /**
     * @param temporary where it unpacks libraries; a killed JVM leaves them behind
     * @param options options of the JVM
     * @param arguments arguments of the main class; every user of the machine can read them
     */
    public static List<String> command(Path temporary, List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Before the options, so that one of them can say otherwise.
        command.add("-Djava.library.path=" + System.getProperty("java.library.path"));
        command.addAll(options);
        // Otherwise it writes statistics for other tools twenty times a second.
        command.add("-XX:-UsePerfData");
        // Java 25 warns about native code and Unsafe without these; 17 does not know the last one.
        command.addAll(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        String archive = System.getProperty("risefall.archive");
        if (archive != null) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        String umask = System.getProperty("risefall.umask");
        if (umask != null) {
            // It writes files that the user named, too.
            command.add("-Drisefall.umask=" + umask);
        }
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** The class path of this JVM, absolute. Tests whose own classes children do not need name another one. */
    private static String classPath() {
        String path = System.getProperty("risefall.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Called by the child. By reflection, because javac warns about every use of the type.
     *
     * @param name a signal that only the parent handles, such as INT: a terminal sends it to both
     */
    public static void ignoreSignal(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        signal.getMethod("handle", signal, handler)
                .invoke(
                        null,
                        signal.getConstructor(String.class).newInstance(name),
                        handler.getField("SIG_IGN").get(null));
    }

    /**
     * Called by the child: exits cleanly when the parent closes {@code in}, or ends in any way.
     *
     * @param in the child's standard input; nothing else may read it from now on
     */
    public static void exitWithParent(InputStream in) {
        watch(() -> awaitEnd(in));
    }

    /** As {@link #exitWithParent}; completes with the next line of {@code in}, which may come much later. */
    public static CompletableFuture<String> lineThenExitWithParent(InputStream in) {
        CompletableFuture<String> line = new CompletableFuture<>();
        watch(() -> {
            try {
                line.complete(readLine(in));
            } catch (IOException e) {
                line.completeExceptionally(e);
            }
            awaitEnd(in);
        });
        return line;
    }

    /**
     * Called by the child.
     *
     * @return the next line of {@code in}; what there is of it, if the parent has ended
     */
    public static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static void watch(Runnable task) {
        Thread watch = new Thread(task, "exit-with-parent");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEnd(InputStream in) {
        try {
            while (in.read() >= 0) {
                // The parent writes nothing more; it only keeps the pipe open.
            }
        } catch (IOException e) {
            // A broken pipe means the same as a closed one.
        }
        System.exit(0);
    }
}
