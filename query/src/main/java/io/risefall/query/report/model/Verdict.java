package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The day for someone with ten seconds.
 *
 * @param level how bad
 * @param sentence what happened
 * @param more what keeps the sentence honest; may be empty
 */
@JsonPropertyOrder({"level", "sentence", "more"})
public record Verdict(Level level, String sentence, String more) {}
