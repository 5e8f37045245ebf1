package io.risefall.ingest;

import java.util.List;

/**
 * What an import did.
 *
 * @param files one per file, in the order asked for
 */
public record ImportResult(List<ImportedFile> files) {
    public ImportResult {
        files = List.copyOf(files);
    }
}
