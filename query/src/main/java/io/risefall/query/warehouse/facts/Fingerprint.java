package io.risefall.query.warehouse.facts;

/**
 * Some rows in short: other rows have another one.
 *
 * @param rows how many
 * @param sum of what DuckDB makes of each as a hash; another DuckDB may make another one
 */
record Fingerprint(long rows, String sum) {
    static final Fingerprint NONE = new Fingerprint(0, "");

    boolean isOf(SealedFile file) {
        return rows == file.rows() && sum.equals(file.fingerprint());
    }
}
