package io.risefall.app;

/** The formats of a query's result. */
enum TableFormat {
    TABLE,
    CSV,
    JSON,
    MARKDOWN
}
