package io.risefall.query.haproxy;

import io.risefall.query.sql.QueryException;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of one file.
 *
 * @param name the file, as it was given
 */
record ConfigText(String name, List<String> lines) {
    /** No configuration of hand or generator is larger; a log that was named by mistake may be. */
    private static final long MOST_BYTES = 64L << 20;

    ConfigText {
        lines = List.copyOf(lines);
    }

    /** As {@code haproxy -f}: a folder stands for its {@code *.cfg} in the order of their names. */
    static List<ConfigText> read(List<Path> given) {
        List<ConfigText> texts = new ArrayList<>();
        for (Path path : given) {
            for (Path file : files(path)) {
                texts.add(read(file));
            }
        }
        return texts;
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            List<Path> files = inside.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return name.endsWith(".cfg") && !name.startsWith(".") && !Files.isDirectory(file);
                    })
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw wrong(path, "no file in it is named *.cfg", null);
            }
            return files;
        } catch (IOException e) {
            throw wrong(path, reason(e), e);
        }
    }

    private static ConfigText read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw wrong(file, "larger than " + (MOST_BYTES >> 20) + " MiB, so hardly a configuration", null);
            }
            // HAProxy knows bytes, not characters.
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (text.indexOf('\0') >= 0) {
                throw wrong(file, "not a text file", null);
            }
            return new ConfigText(file.toString(), text.lines().toList());
        } catch (IOException e) {
            throw wrong(file, reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException
                ? "no such file"
                : e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    private static QueryException wrong(Path path, String why, @Nullable Throwable cause) {
        String message = "cannot read HAProxy's configuration " + Printable.of(path.toString()) + ": " + why
                + "; give the files of haproxy -f, such as --haproxy-cfg /etc/haproxy/haproxy.cfg";
        return cause == null ? new QueryException(message) : new QueryException(message, cause);
    }
}
