package io.risefall.ingest;

import io.risefall.schemas.Topics;
import java.util.List;
import java.util.Map;

/**
 * What an import did.
 *
 * @param files one per file, in the order asked for
 * @param lastOffsets per topic and partition written to: the offset of the last record. Whoever has consumed beyond it
 *     has seen the import
 */
public record ImportResult(List<ImportedFile> files, Map<Topics, Map<Integer, Long>> lastOffsets) {
    public ImportResult {
        files = List.copyOf(files);
        lastOffsets = Map.copyOf(lastOffsets);
    }
}
