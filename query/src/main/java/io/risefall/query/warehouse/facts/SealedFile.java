package io.risefall.query.warehouse.facts;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The rows of one table that belong to a sealed day.
 *
 * @param table whose rows
 * @param path of the file, below the folder of the version, with slashes
 * @param rows how many
 * @param bytes its size
 * @param sha256 of its content, hexadecimal
 * @param fingerprint of the rows in the warehouse from which it was written; only Risefall compares it
 */
@JsonPropertyOrder({"table", "path", "rows", "bytes", "sha256", "fingerprint"})
public record SealedFile(String table, String path, long rows, long bytes, String sha256, String fingerprint) {}
