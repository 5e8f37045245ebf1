package io.risefall.app.cli;

import io.risefall.app.alert.config.AlertSections;
import io.risefall.app.options.ConfigFile;
import io.risefall.app.options.ConfiguredParts;
import io.risefall.app.options.ConfiguredSource;
import io.risefall.app.options.ZoneConverter;
import io.risefall.app.process.CommandException;
import io.risefall.app.runtime.Snippets;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.http.service.ServedCommands.NotServedException;
import io.risefall.query.text.Nearest;
import io.risefall.query.verify.PluginResult;
import java.io.InputStream;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Parses the arguments and runs the command; turns every error into one line and an exit code. Each key of the
 * configuration file becomes the option of the same name, unless the arguments already contain that option or the command
 * does not have it.
 */
public final class Cli {
    /** Exit code: the command failed. */
    static final int FAILED = 1;

    /** Exit code: Ctrl-C ended the command, as a shell reports it. */
    public static final int INTERRUPTED = 130;

    private static final int MISUSED = 2;

    private final Terminal terminal;
    private final CommandLine line;
    /** Options taken from the configuration file, with their place in it. */
    private final Map<String, String> configured = new HashMap<>();
    /** What else is in the configuration file; filled before the command is called. */
    private final ConfiguredParts configuration = new ConfiguredParts();

    /** Whether a monitoring system asks: it reads the exit code 1 as a warning, and 2 as critical. */
    private boolean monitored;

    /** Whether the service runs it for somebody else: what goes wrong is theirs, and not for its log. */
    private final boolean served;

    private boolean misused;

    private Cli(Terminal terminal, boolean served, String... arguments) {
        this.terminal = terminal;
        this.served = served;
        line = new CommandLine(new RootCommand(terminal));
        new Commands(terminal, configuration).needed(arguments).forEach(line::addSubcommand);
        line.registerConverter(ZoneId.class, new ZoneConverter())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(new java.io.PrintWriter(terminal.out(), true, Charset.defaultCharset()))
                .setErr(new java.io.PrintWriter(terminal.err(), true, Charset.defaultCharset()))
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((e, all) -> misused(e))
                .setExecutionExceptionHandler((e, command, result) -> failed(e, command));
        // Not a footer: picocli would wrap its lines, and users paste these.
        CommandLine ingest = line.getSubcommands().get("ingest");
        if (ingest != null) {
            ingest.getHelpSectionMap()
                    .put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> String.join("\n", Snippets.help()) + "\n");
        }
        commands(line)
                .forEach(command -> command.getCommandSpec()
                        .usageMessage()
                        .descriptionHeading("%n")
                        .parameterListHeading("%n")
                        .optionListHeading("%n")
                        .sortOptions(false));
    }

    public static int run(Terminal terminal, String... arguments) {
        return new Cli(terminal, false, arguments).run(arguments);
    }

    /** All commands with their options, to be described and not to be run. */
    public static CommandLine described() {
        return new Cli(new Terminal(InputStream.nullInputStream(), System.out, System.err, false, 0), false).line;
    }

    /**
     * Runs a command in the service, if that makes no difference to whoever gave it.
     *
     * @param arguments the first is the command
     */
    static int serve(Terminal terminal, String... arguments) throws NotServedException {
        Cli cli = new Cli(terminal, true, arguments);
        ParseResult command;
        try {
            command = cli.line.parseArgs(arguments).subcommand();
        } catch (ParameterException e) {
            throw new NotServedException("misused");
        }
        if (command == null || !ServiceCommands.isServed(command)) {
            throw new NotServedException("it may need what only its own process has");
        }
        int exitCode = cli.run(arguments);
        if (cli.misused) {
            throw new NotServedException("misused");
        }
        return exitCode;
    }

    private int run(String... arguments) {
        try {
            return line.execute(Commands.mayNameAConfiguration(arguments) ? withConfiguration(arguments) : arguments);
        } catch (ParameterException e) {
            return misused(e);
        } catch (CommandException e) {
            return ended(Objects.requireNonNull(e.getMessage()), MISUSED);
        }
    }

    private String[] withConfiguration(String... arguments) {
        List<ParseResult> chain = line.parseArgs(arguments).asCommandLineList().stream()
                .map(CommandLine::getParseResult)
                .toList();
        ParseResult command = chain.get(chain.size() - 1);
        monitored = isMonitored(command.commandSpec());
        Path file = command.matchedOptionValue("--config", null);
        if (file == null) {
            return arguments;
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        int place = chain.size() - 1;
        ConfigFile config = ConfigFile.read(file, keys(), ConfiguredSource.keys(), AlertSections.NAMES);
        config.sources().forEach(source -> configuration.sources().add(ConfiguredSource.of(file, source)));
        configuration.sections().putAll(config.sections());
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

    /** Keys allowed in a configuration file: the long options of all commands, except those that make no sense there. */
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
        misused = true;
        CommandSpec command = e.getCommandLine().getCommandSpec();
        monitored |= isMonitored(command);
        return ended(place(e.getArgSpec()) + describe(e) + " (see " + command.qualifiedName() + " --help)", MISUSED);
    }

    private static boolean isMonitored(CommandSpec command) {
        return command.userObject() instanceof VerifyCommand;
    }

    /** Says why there is no answer, where the one who asks looks. */
    private int ended(String why, int exitCode) {
        if (monitored) {
            PluginResult unknown = PluginResult.unknown(why);
            terminal.out().println(unknown.line());
            terminal.out().flush();
            return unknown.status().exitCode();
        }
        terminal.error(why);
        return exitCode;
    }

    private String place(ArgSpec spec) {
        return spec instanceof OptionSpec option ? configured.getOrDefault(option.longestName(), "") : "";
    }

    private static String describe(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
            CommandLine command = e.getCommandLine();
            if (argument.startsWith("-")) {
                return "unknown option " + argument
                        + Nearest.hint(
                                argument, command.getCommandSpec().optionsMap().keySet());
            }
            return command.getSubcommands().isEmpty()
                    ? "unexpected argument " + argument
                    : "unknown command " + argument
                            + Nearest.hint(argument, command.getSubcommands().keySet());
        }
        return Objects.requireNonNull(e.getMessage()).lines().findFirst().orElseThrow();
    }

    private int failed(Exception e, CommandLine command) {
        if (!served) {
            // Not under io.risefall: its warnings also go to standard error.
            LoggerFactory.getLogger("risefall").error("the command failed", e);
        }
        if (System.getenv("RISEFALL_DEBUG") != null || command.getParseResult().hasMatchedOption("--debug")) {
            e.printStackTrace(terminal.err());
        }
        if (CommandException.isInterruption(e)) {
            return INTERRUPTED;
        }
        monitored |= isMonitored(command.getCommandSpec());
        return ended(CommandException.isForUser(e) ? Objects.requireNonNull(e.getMessage()) : unexpected(e), FAILED);
    }

    private static String unexpected(Exception e) {
        return CommandException.reason(e) + " (" + e.getClass().getSimpleName() + "; --debug shows the stack trace)";
    }
}
