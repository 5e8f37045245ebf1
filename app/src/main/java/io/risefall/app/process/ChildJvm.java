package io.risefall.app.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How a part of Risefall is a JVM of its own: started with the java and the classes of this one, and ended with it. */
public final class ChildJvm {
    private ChildJvm() {}

    /**
     * @param temporary where it may unpack its libraries: what a killed JVM has unpacked stays behind
     * @param options of the JVM
     * @param arguments of the main class; everybody on the machine can read them
     */
    public static List<String> command(Path temporary, List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        // Java 25 warns about native code and Unsafe without these; 17 does not know the last one.
        command.addAll(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Ours, made absolute. Surefire hides it behind a jar with a manifest and keeps it in a property of its own. */
    private static String classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * For the child. By reflection, because javac warns about the type wherever it is named.
     *
     * @param name of a signal that is the parent's affair, as INT: a terminal sends it to both
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
     * For the child: it ends cleanly when the parent closes this, and when the parent ends, however that happens.
     *
     * @param in the child's standard input, of which nobody else reads from now on
     */
    public static void exitWithParent(InputStream in) {
        Thread watch = new Thread(() -> awaitEnd(in), "exit-with-parent");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEnd(InputStream in) {
        try {
            while (in.read() >= 0) {
                // The parent writes nothing more; it only holds the pipe open.
            }
        } catch (IOException e) {
            // A broken pipe says the same as a closed one.
        }
        System.exit(0);
    }
}
