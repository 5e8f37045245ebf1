package io.risefall.app.cli;

import io.risefall.app.alert.AlertCommand;
import io.risefall.app.alert.SilenceCommand;
import io.risefall.app.backup.BackupCommand;
import io.risefall.app.backup.RestoreCommand;
import io.risefall.app.doctor.DoctorCommand;
import io.risefall.app.host.ReconcileCommand;
import io.risefall.app.mcp.McpCommand;
import io.risefall.app.options.ConfiguredParts;
import io.risefall.app.retention.RetentionCommand;
import io.risefall.app.terminal.Terminal;
import io.risefall.app.user.UserCommand;
import java.util.Arrays;
import java.util.List;

/**
 * The commands, in the order of the help. Reading the annotations of all of them takes longer than an answer, so only those are made
 * that the arguments need.
 */
final class Commands {
    private static final List<String> NAMES = List.of(
            "run",
            "import",
            "query",
            "sql",
            "report",
            "explain",
            "diagnose",
            "verify",
            "budget",
            "whatif",
            "changes",
            "note",
            "silence",
            "alert",
            "postmortem",
            "doctor",
            "reconcile",
            "mcp",
            "ingest",
            "streams",
            "serve",
            "topics",
            "backup",
            "restore",
            "retention",
            "user",
            "check-config");

    private final Terminal terminal;
    private final ConfiguredParts configured;

    /** @param configured what else is in the configuration file, once it is read */
    Commands(Terminal terminal, ConfiguredParts configured) {
        this.terminal = terminal;
        this.configured = configured;
    }

    /** The command that the arguments name. All where they name none, and where a configuration may have keys of any of them. */
    List<Object> needed(String... arguments) {
        boolean one = arguments.length > 0 && NAMES.contains(arguments[0]) && !mayNameAConfiguration(arguments);
        return (one ? List.of(arguments[0]) : NAMES).stream().map(this::command).toList();
    }

    /** An argument that begins with @ is a file of arguments. */
    static boolean mayNameAConfiguration(String... arguments) {
        return Arrays.stream(arguments)
                .anyMatch(argument -> argument.startsWith("--config") || argument.startsWith("@"));
    }

    private Object command(String name) {
        return switch (name) {
            case "run" -> new RunCommand(terminal, configured);
            case "import" -> new ImportCommand(terminal);
            case "query" -> new QueryCommand(terminal);
            case "sql" -> new SqlCommand(terminal);
            case "report" -> new ReportCommand(terminal);
            case "explain" -> new ExplainCommand(terminal);
            case "diagnose" -> new DiagnoseCommand(terminal);
            case "verify" -> new VerifyCommand(terminal);
            case "budget" -> new BudgetCommand(terminal);
            case "whatif" -> new WhatIfCommand(terminal);
            case "changes" -> new ChangesCommand(terminal);
            case "postmortem" -> new PostmortemCommand(terminal);
            case "doctor" -> new DoctorCommand(terminal);
            case "reconcile" -> new ReconcileCommand(terminal);
            case "mcp" -> new McpCommand(terminal);
            case "note" -> new NoteCommand(terminal);
            case "alert" -> AlertCommand.of(terminal, configured);
            case "silence" -> new SilenceCommand(terminal);
            case "ingest" -> new IngestCommand(terminal, configured.sources());
            case "streams" -> new StreamsCommand(terminal);
            case "serve" -> new ServeCommand(terminal, configured);
            case "topics" -> new TopicsCommand(terminal);
            case "backup" -> new BackupCommand(terminal);
            case "restore" -> new RestoreCommand(terminal);
            case "retention" -> new RetentionCommand(terminal);
            case "user" -> new UserCommand(terminal);
            case "check-config" -> new CheckConfigCommand(terminal, configured);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
