package io.risefall.query.alert.delivery;

import io.risefall.query.alert.channel.Channel;
import io.risefall.query.alert.channel.DeliveryException;
import io.risefall.query.alert.channel.DocumentNotice;
import io.risefall.query.alert.channel.DocumentNotice.Attachment;
import io.risefall.query.alert.channel.Outgoing;
import io.risefall.query.file.AtomicFile;
import io.risefall.query.text.Counts;
import io.risefall.query.text.Printable;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory into which the files of documents are written, each whole or not at all; one of the same name is replaced. It is not
 * made: where a disk is not mounted, nothing must fill the one below.
 */
final class FolderChannel implements Channel {
    private final Path folder;

    FolderChannel(String folder) {
        this.folder = Path.of(folder);
    }

    @Override
    public String target() {
        return "directory " + Printable.of(folder.toString());
    }

    @Override
    public String send(Outgoing outgoing) throws DeliveryException {
        if (!(outgoing instanceof DocumentNotice document)) {
            throw new DeliveryException("a directory takes documents only");
        }
        if (!Files.isDirectory(folder)) {
            throw new DeliveryException("there is no " + target() + ": make it, or mount its disk");
        }
        for (Attachment file : document.attachments()) {
            write(file);
        }
        return Counts.plural(document.attachments().size(), "file") + " written";
    }

    private void write(Attachment file) throws DeliveryException {
        Path path = folder.resolve(Path.of(file.name()).getFileName());
        try {
            AtomicFile.write(path, out -> out.write(file.content()));
        } catch (Exception e) {
            throw new DeliveryException("cannot write " + Printable.of(path.toString()) + ": " + reason(e), e);
        }
    }

    private static String reason(Exception failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied: the user of Risefall must be able to write there";
        }
        // Its message is the path; the reason is "No space left on device" and the like.
        String why = failure instanceof FileSystemException e && e.getReason() != null
                ? e.getReason()
                : failure.getMessage();
        return why == null ? failure.getClass().getSimpleName() : Printable.of(why);
    }
}
