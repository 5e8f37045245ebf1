package io.risefall.ingest;

import io.risefall.ingest.file.FileSource;
import io.risefall.schemas.source.ReadPosition;
import java.util.List;

/**
 * What an import read from one file. The counts are of this import; {@code lines = events + traffic + foreign +
 * rejected + unknownHeader}.
 *
 * @param file the file as requested
 * @param position its position and tally over all imports
 * @param alreadyRead bytes (decompressed) that were read before and are left out now
 * @param lines lines read
 * @param events health lines published
 * @param traffic lines of HAProxy that are not about health
 * @param foreign lines of other programs, and lines with an unknown header
 * @param rejected lines that begin like a health line and cannot be read
 * @param ofOthers of the foreign lines, those with a known header and another program's tag
 * @param sentences of the traffic, lines with a health sentence at the severity of traffic
 * @param unknownHeader lines with a health sentence after an unknown header; the position has their shapes
 * @param notes what the user should know, one sentence each: nothing new, cut short, empty
 */
public record ImportedFile(
        FileSource file,
        ReadPosition position,
        long alreadyRead,
        long lines,
        long events,
        long traffic,
        long foreign,
        long rejected,
        long ofOthers,
        long sentences,
        long unknownHeader,
        List<String> notes) {
    public ImportedFile {
        notes = List.copyOf(notes);
    }
}
