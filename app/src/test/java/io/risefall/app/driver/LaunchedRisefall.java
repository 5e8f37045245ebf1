package io.risefall.app.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The launcher {@code ./risefall} over what is being tested, laid out as a build lays it out, so that it builds nothing. */
public final class LaunchedRisefall {
    private final Path folder;

    /** @param folder an empty one, for the copy of the launcher and its libraries */
    public LaunchedRisefall(Path folder) throws IOException {
        this.folder = folder;
        Files.copy(Path.of("../risefall"), folder.resolve("risefall"));
        Files.createFile(folder.resolve("pom.xml"));
        Path lib = Files.createDirectories(folder.resolve("app/target/lib"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
        try (OutputStream jar = Files.newOutputStream(lib.resolve("all.jar"))) {
            new JarOutputStream(jar, manifest).close();
        }
        Files.createFile(lib.resolve(".built"));
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
    }

    /** Runs a command to its end under an umask; it must exit with 0. */
    public void run(String umask, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "umask " + umask + "; exec ./risefall \"$@\"", "sh"));
        command.addAll(List.of(arguments));
        Path printed = folder.resolve("printed.out");
        int exitCode = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start()
                .waitFor();
        assertThat(exitCode).as(Files.readString(printed)).isZero();
    }

    /** How a command ended, and what it printed. */
    public record Ended(int exitCode, String out, String err) {}

    /**
     * Runs a shell script in the launcher's folder.
     *
     * @param environment further variables; an empty value unsets one
     */
    public Ended shell(Map<String, String> environment, String script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("shell.out");
        Path err = folder.resolve("shell.err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().values().removeIf(String::isEmpty);
        int exitCode = builder.start().waitFor();
        return new Ended(exitCode, Files.readString(out), Files.readString(err));
    }
}
