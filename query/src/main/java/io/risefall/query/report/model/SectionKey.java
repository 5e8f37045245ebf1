package io.risefall.query.report.model;

/**
 * Names a section of the report.
 *
 * @param name its field in the JSON
 * @param <T> a row
 */
public record SectionKey<T>(String name) {}
