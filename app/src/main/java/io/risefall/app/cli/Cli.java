package io.risefall.app.cli;

import io.risefall.app.options.ConfigFile;
import io.risefall.app.options.ConfiguredSource;
import io.risefall.app.options.ZoneConverter;
import io.risefall.app.process.Failure;
import io.risefall.app.runtime.Snippets;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.text.Nearest;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * From words to a command: adds what the configuration file says, and turns every error into one line and an exit code.
 * A key of the configuration file becomes the option of the same name in front of the arguments, unless that option is
 * among them; a command that has no such option does not see it.
 */
public final class Cli {
    /** The exit code of a command that could not do what it should. */
    static final int FAILED = 1;

    /** What a shell says of a command that Ctrl-C ended. */
    public static final int INTERRUPTED = 130;

    private static final int MISUSED = 2;

    private final Terminal terminal;
    private final CommandLine line;
    /** Options taken from the configuration file: where there. */
    private final Map<String, String> configured = new HashMap<>();
    /** Filled from the configuration file before a command that reads them is called. */
    private final List<ConfiguredSource> sources = new ArrayList<>();

    private boolean debug = System.getenv("RISEFALL_DEBUG") != null;

    private Cli(Terminal terminal) {
        this.terminal = terminal;
        line = new CommandLine(new RootCommand(terminal))
                .addSubcommand(new RunCommand(terminal, sources))
                .addSubcommand(new ImportCommand(terminal))
                .addSubcommand(new QueryCommand(terminal))
                .addSubcommand(new ReportCommand(terminal))
                .addSubcommand(new ExplainCommand(terminal))
                .addSubcommand(new IngestCommand(terminal, sources))
                .addSubcommand(new StreamsCommand(terminal))
                .addSubcommand(new ServeCommand(terminal))
                .addSubcommand(new TopicsCommand(terminal))
                .addSubcommand(new CheckConfigCommand(terminal, sources))
                .registerConverter(ZoneId.class, new ZoneConverter())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(new java.io.PrintWriter(terminal.out(), true, Charset.defaultCharset()))
                .setErr(new java.io.PrintWriter(terminal.err(), true, Charset.defaultCharset()))
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((e, arguments) -> misused(e))
                .setExecutionExceptionHandler((e, command, result) -> failed(e));
        // Not as a footer of its own, whose lines would be wrapped: this is to be pasted.
        Objects.requireNonNull(line.getSubcommands().get("ingest"))
                .getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> String.join("\n", Snippets.help()) + "\n");
        commands(line)
                .forEach(command -> command.getCommandSpec()
                        .usageMessage()
                        .descriptionHeading("%n")
                        .parameterListHeading("%n")
                        .optionListHeading("%n")
                        .sortOptions(false));
    }

    public static int run(Terminal terminal, String... arguments) {
        return new Cli(terminal).run(arguments);
    }

    private int run(String... arguments) {
        try {
            return line.execute(withConfiguration(arguments));
        } catch (ParameterException e) {
            return misused(e);
        } catch (Failure e) {
            terminal.complain(e.getMessage());
            return MISUSED;
        }
    }

    private String[] withConfiguration(String... arguments) {
        List<ParseResult> chain = line.parseArgs(arguments).asCommandLineList().stream()
                .map(CommandLine::getParseResult)
                .toList();
        ParseResult command = chain.get(chain.size() - 1);
        debug |= command.hasMatchedOption("--debug");
        Path file = command.matchedOptionValue("--config", null);
        if (file == null) {
            return arguments;
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        int place = chain.size() - 1;
        ConfigFile config = ConfigFile.read(file, keys(), ConfiguredSource.keys());
        config.sources().forEach(source -> sources.add(ConfiguredSource.of(file, source)));
        for (ConfigFile.Entry entry : config.entries()) {
            String option = "--" + entry.key();
            if (command.commandSpec().optionsMap().containsKey(option) && !command.hasMatchedOption(option)) {
                configured.put(option, file + ":" + entry.line() + ": ");
                for (String argument : entry.arguments()) {
                    all.add(place++, argument);
                }
            }
        }
        return all.toArray(String[]::new);
    }

    /** What may stand in a configuration file: every long option of any command but those that make no sense there. */
    private Set<String> keys() {
        return commands(line).stream()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .map(OptionSpec::longestName)
                .filter(name -> name.startsWith("--"))
                .map(name -> name.substring(2))
                .filter(name -> !Set.of("help", "version", "config").contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Collection<CommandLine> commands(CommandLine line) {
        Set<CommandLine> commands = new LinkedHashSet<>(line.getSubcommands().values());
        line.getSubcommands().values().forEach(command -> commands.addAll(commands(command)));
        return commands;
    }

    private int misused(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        terminal.complain(place(e.getArgSpec()) + describe(e) + " (see " + command + " --help)");
        return MISUSED;
    }

    private String place(ArgSpec argument) {
        return argument instanceof OptionSpec option ? configured.getOrDefault(option.longestName(), "") : "";
    }

    private static String describe(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
            CommandLine command = e.getCommandLine();
            if (word.startsWith("-")) {
                return "unknown option " + word
                        + Nearest.hint(
                                word, command.getCommandSpec().optionsMap().keySet());
            }
            return command.getSubcommands().isEmpty()
                    ? "unexpected argument " + word
                    : "unknown command " + word
                            + Nearest.hint(word, command.getSubcommands().keySet());
        }
        return Objects.requireNonNull(e.getMessage()).lines().findFirst().orElseThrow();
    }

    private int failed(Exception e) {
        // Not under our package's name: that would say it on standard error as well.
        LoggerFactory.getLogger("risefall").error("the command failed", e);
        if (debug) {
            e.printStackTrace(terminal.err());
        }
        if (Failure.isInterruption(e)) {
            return INTERRUPTED;
        }
        terminal.complain(Failure.isForUsers(e) ? Objects.requireNonNull(e.getMessage()) : unexpected(e));
        return FAILED;
    }

    private static String unexpected(Exception e) {
        return Failure.reason(e) + " (" + e.getClass().getSimpleName() + "; --debug says where)";
    }
}
