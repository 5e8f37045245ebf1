package io.risefall.app.docs;

import io.risefall.app.cli.Cli;
import io.risefall.app.docs.Page.Block;
import io.risefall.app.kafka.ClientSettings;
import io.risefall.app.process.CommandException;
import io.risefall.app.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what a page says that is not so: links and anchors that lead nowhere, classes and metrics that do not exist, commands
 * and options that the command line refuses, configurations that {@code check-config} refuses.
 */
final class PageCheck {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][a-z]+)+)`");
    private static final Pattern METRIC = Pattern.compile("\\b(risefall_[a-z_]+)");
    private static final Pattern COMMAND = Pattern.compile("(?:^|\\| )\\./risefall ([^|#\\n]*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final String UNKNOWN = "--page-check";
    private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z-]+)");
    private static final Set<String> LANGUAGES =
            Set.of("sh", "console", "sql", "yaml", "haproxy", "rsyslog", "logrotate", "text", "properties");
    // Of other programs.
    private static final Set<String> OTHER_OPTIONS = Set.of("--timestamps");

    private final Path root;
    private final Path temp;
    private final Set<String> classes;
    private final String metrics;
    private final Set<String> options;
    private final List<String> problems = new ArrayList<>();

    PageCheck(Path root, Path temp) throws IOException {
        this.root = root;
        this.temp = temp;
        List<Path> sources = sources(root);
        this.classes = sources.stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        StringBuilder query = new StringBuilder();
        for (Path source : sources) {
            if (source.toString().contains("/query/metrics/")) {
                query.append(Files.readString(source));
            }
        }
        this.metrics = query.toString();
        this.options = options(sources);
    }

    /** What is wrong with the page, each with its file. */
    List<String> problems(Page page) throws IOException {
        problems.clear();
        for (Block block : page.blocks()) {
            check(page, block);
        }
        for (String link : page.inProse(LINK)) {
            link(page, link);
        }
        page.inProse(CLASS).stream()
                .filter(name -> !classes.contains(name))
                .forEach(name -> add(page, "no class " + name));
        page.inProse(OPTION).stream()
                .filter(option -> !options.contains(option) && !OTHER_OPTIONS.contains(option))
                // A family of options, such as --flap-….
                .filter(option -> options.stream().noneMatch(known -> known.startsWith(option) && option.endsWith("-")))
                .forEach(option -> add(page, "no option " + option));
        Stream.concat(
                        page.inProse(METRIC).stream(),
                        page.blocks().stream()
                                .flatMap(block ->
                                        METRIC.matcher(block.text()).results().map(match -> match.group(1))))
                .filter(metric -> !metrics.contains("\"" + metric.replaceFirst("_total$", "") + "\""))
                .forEach(metric -> add(page, "no metric " + metric));
        return List.copyOf(problems);
    }

    private void check(Page page, Block block) throws IOException {
        if (!LANGUAGES.contains(block.language())) {
            add(page, "a block in the language '" + block.language() + "'");
        }
        if (block.language().equals("sh")) {
            for (String line : block.text().lines().toList()) {
                Matcher command = COMMAND.matcher(line);
                if (command.find()) {
                    command(page, command.group(1));
                }
            }
        }
        if (block.language().equals("yaml")) {
            Path secret = temp.resolve("secret");
            Files.writeString(secret, "a secret");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
            // The secrets of the page are not here.
            String text = block.text().replaceAll("(-file|-env): \\S+", "-file: " + secret);
            Path file = Files.writeString(temp.resolve("page.yaml"), text);
            String refusal = refusal(List.of("check-config", "--config", file.toString()));
            if (!refusal.isEmpty()) {
                add(page, refusal);
            }
        }
        if (block.language().equals("properties")) {
            // The certificates of the page are not here.
            String text = block.text().replaceAll("(?m)^ssl\\.truststore.*$", "");
            Path file = Files.writeString(temp.resolve("page.properties"), text);
            try {
                ClientSettings.address("127.0.0.1:9092", file, warning -> add(page, warning));
            } catch (CommandException e) {
                add(page, e.getMessage());
            }
        }
    }

    /** With an option that no command has, last: what is wrong before it is named first, and nothing is done. */
    private void command(Page page, String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        words.add(UNKNOWN);
        String refusal = refusal(words);
        String expected = "unknown option " + UNKNOWN + " ";
        if (!refusal.startsWith("risefall: " + expected) && !refusal.startsWith("UNKNOWN - " + expected)) {
            add(page, "./risefall " + text.strip() + ": " + refusal);
        }
    }

    /** Why the command line refuses, which {@code verify} says on standard output; empty if it does what it is told. */
    private static String refusal(List<String> arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(new ByteArrayInputStream(new byte[0]), out, out, false, 0);
        int code = Cli.run(terminal, arguments.toArray(String[]::new));
        return code == 0 ? "" : said.toString(StandardCharsets.UTF_8);
    }

    private void link(Page page, String link) throws IOException {
        if (link.matches("https?://.*")) {
            return;
        }
        String path = link.replaceFirst("#.*", "");
        Path target = page.file().resolveSibling(path);
        if (!path.isEmpty() && !Files.exists(target)) {
            add(page, "no file " + link);
            return;
        }
        if (link.contains("#")) {
            Page there = path.isEmpty() ? page : Page.read(target);
            if (!there.anchors().contains(link.substring(link.indexOf('#') + 1))) {
                add(page, "no heading " + link);
            }
        }
    }

    private void add(Page page, String problem) {
        problems.add(root.relativize(page.file()) + ": " + problem);
    }

    /** Not of what builds and tests write, which goes while this looks. */
    private static List<Path> sources(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.map(folder -> folder.resolve("src"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(module)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }

    /** Those that app's sources declare. */
    private static Set<String> options(List<Path> sources) throws IOException {
        StringBuilder app = new StringBuilder();
        for (Path source : sources) {
            if (source.toString().contains("app/src/main/")) {
                app.append(Files.readString(source));
            }
        }
        return OPTION.matcher(app).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
