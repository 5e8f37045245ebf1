package io.risefall.ingest;

import java.util.List;

/**
 * What an import did.
 *
 * @param files one per file that could be read, in the order asked for
 * @param unread one sentence per file that could not, or not to its end: which, why, and what to do
 */
public record ImportResult(List<ImportedFile> files, List<String> unread) {
    public ImportResult {
        files = List.copyOf(files);
        unread = List.copyOf(unread);
    }
}
