package io.risefall.ingest;

import java.util.List;

/**
 * The result of an import.
 *
 * @param files one per file that was read, in the order of the request
 * @param unread one sentence per file that could not be read, or not to its end: which, why, and what to do
 */
public record ImportResult(List<ImportedFile> files, List<String> unread) {
    public ImportResult {
        files = List.copyOf(files);
        unread = List.copyOf(unread);
    }
}
