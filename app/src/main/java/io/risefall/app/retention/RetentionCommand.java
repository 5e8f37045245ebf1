package io.risefall.app.retention;

import io.risefall.app.options.CommonOptions;
import io.risefall.app.process.CommandException;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.text.Counts;
import io.risefall.query.warehouse.facts.SealedDay;
import io.risefall.query.warehouse.facts.SealedFolder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code risefall retention}: what there is of sealed days, and what of it goes. */
@Command(
        name = "retention",
        headerHeading = "Example: risefall retention --keep events=400d%n%n",
        description = {
            "Lists the days that the service has written as files (--seal-after), by table, and how many of them are older than --keep. It "
                    + "shows only; with --delete they go. Rows that are still in the warehouse stay there; with --keep-rows, what has left it goes from "
                    + "the answers within an hour.",
            "Exit code 1: a file is missing or has another size; with --verify, or is not as it was written."
        })
public final class RetentionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--keep",
            paramLabel = "TABLE=AGE",
            converter = KeptAge.Converter.class,
            description =
                    "for how long the files of a table are kept, such as events=400d; repeatable (default: for ever)")
    private List<KeptAge> kept = new ArrayList<>();

    @Option(names = "--delete", description = "delete what is older, and do not write it again")
    private boolean delete;

    @Option(
            names = "--dry-run",
            description = "only show what would go, as without --delete; together with it nothing is deleted")
    private boolean dryRun;

    @Option(names = "--verify", description = "compare each file with the SHA-256 in the manifest of its day")
    private boolean verify;

    @Mixin
    private CommonOptions common = new CommonOptions();

    public RetentionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SealedFolder folder = new SealedFolder(common.data());
        try {
            List<SealedDay> days = folder.days();
            if (days.isEmpty()) {
                terminal.info("no days are sealed in " + folder.root() + "; a service with --seal-after 35d does that");
                return CommandLine.ExitCode.OK;
            }
            Instant now = Instant.now();
            SealedTable.write(SealedTable.of(days, kept, now), terminal.out());
            boolean whole = verify ? verify(folder, days) : areThere(folder, days);
            if (delete && !dryRun) {
                delete(folder, now);
            }
            return whole ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (IOException e) {
            throw new CommandException(CommandException.reason(e), e);
        }
    }

    private boolean areThere(SealedFolder folder, List<SealedDay> days) {
        boolean all = true;
        for (SealedDay day : days) {
            for (String problem : folder.missing(day)) {
                terminal.error(problem);
                all = false;
            }
        }
        return all;
    }

    private boolean verify(SealedFolder folder, List<SealedDay> days) throws IOException {
        boolean whole = true;
        for (SealedDay day : days) {
            for (String problem : folder.problems(day)) {
                terminal.error(problem);
                whole = false;
            }
        }
        if (whole) {
            terminal.info("all files are as they were written");
        }
        return whole;
    }

    private void delete(SealedFolder folder, Instant now) throws IOException {
        for (KeptAge one : kept) {
            int deleted = folder.delete(one.table(), one.from(now));
            terminal.info("deleted " + Counts.plural(deleted, "day") + " of "
                    + one.table().table());
        }
    }
}
