package io.risefall.app.backup;

import io.risefall.app.backup.Manifest.CopiedFile;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.process.CommandException;
import io.risefall.app.terminal.Terminal;
import io.risefall.ingest.heartbeat.ListeningHeartbeat;
import io.risefall.ingest.network.journal.Journal;
import io.risefall.query.text.Counts;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code risefall restore}: a data directory out of a backup. */
@Command(
        name = "restore",
        headerHeading = "Example: risefall restore /mnt/backup/risefall-2026-11-29 --data /var/lib/risefall%n%n",
        description = {
            "Checks a backup, file by file, and copies it to a data directory, which must be new or empty. Start the service there then: it "
                    + "goes on where the backup ends, and reads what log files have since.",
            "Network lines since the backup are missing; the time is in the view absences, and what was open then is in doubt."
        })
public final class RestoreCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "the backup")
    private Path backup = Path.of("");

    @Mixin
    private CommonOptions common = new CommonOptions();

    public RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Manifest manifest = Manifest.read(backup);
        for (CopiedFile file : manifest.files()) {
            check(file);
        }
        Path data = common.data().toAbsolutePath().normalize();
        EmptyFolder.make(data);
        CopiedFolder folder = new CopiedFolder(backup, data);
        try {
            for (CopiedFile file : manifest.files()) {
                folder.copy(file);
            }
            for (Path journal : Journal.directories(data)) {
                ListeningHeartbeat.restored(journal);
            }
        } catch (IOException e) {
            throw new CommandException(
                    "cannot restore to " + data + ": " + Printable.of(CommandException.reason(e))
                            + "; delete what is there, and try again",
                    e);
        }
        terminal.info("restored " + Counts.plural(manifest.files().size(), "file") + " of the backup of "
                + manifest.madeAt() + " to " + data);
        return CommandLine.ExitCode.OK;
    }

    private void check(CopiedFile expected) {
        Path relative = Path.of(expected.path());
        if (!BackedUp.has(relative)) {
            throw damaged(expected, "no backup has such a file");
        }
        try {
            if (!CopiedFolder.describe(backup, relative, expected.bytes() + 1).equals(expected)) {
                throw damaged(expected, "its content is not the one that was backed up");
            }
        } catch (NoSuchFileException e) {
            throw damaged(expected, "it is missing");
        } catch (IOException e) {
            throw damaged(expected, Printable.of(CommandException.reason(e)));
        }
    }

    private CommandException damaged(CopiedFile file, String why) {
        return new CommandException("the backup " + backup + " is damaged, and nothing was restored: "
                + Printable.of(file.path()) + ": " + why + "; take another backup");
    }
}
