package io.risefall.query.verify;

/**
 * Something that is not well.
 *
 * @param text in words, without the end of a sentence
 */
record Finding(PluginStatus status, String text) {}
