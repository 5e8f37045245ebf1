package io.risefall.query.report.model;

/**
 * Names a section of the report.
 *
 * @param name its field in the JSON
 * @param <T> a row
 */
@SuppressWarnings("UnusedTypeParameter") // the type of what is found under it
public record SectionKey<T>(String name) {}
