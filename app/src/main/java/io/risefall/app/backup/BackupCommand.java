package io.risefall.app.backup;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.process.CommandException;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.text.Counts;
import io.risefall.query.warehouse.WarehouseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code risefall backup}: a copy of the data directory, made beside the running service. */
@Command(
        name = "backup",
        headerHeading = "Example: risefall backup /mnt/backup/risefall-$(date +%%F)%n%n",
        description = {
            "Copies the data directory to a new folder, also while a service runs on it. The embedded Kafka pauses meanwhile: lines are "
                    + "taken and kept, and answers are those of the moment before.",
            "With a Kafka of your own, the copy has what this host has: the warehouse and the journals."
        })
public final class BackupCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "the new folder, best on another disk")
    private Path to = Path.of("");

    @Mixin
    private CommonOptions common = new CommonOptions();

    public BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            Manifest manifest = new Backup(new DataDirectory(common.data(), "risefall"), to).make();
            terminal.info("backed up " + Counts.plural(manifest.files().size(), "file") + ", "
                    + Counts.grouped(manifest.bytes() >> 20) + " MB, to " + to
                    + (manifest.kafka() ? "" : ", without a Kafka: none is in " + common.data()));
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException("cannot back up to " + to + ": " + CommandException.reason(e), e);
        } catch (WarehouseException e) {
            throw new CommandException("the copy of the warehouse cannot be used: " + e.getMessage(), e);
        }
    }
}
