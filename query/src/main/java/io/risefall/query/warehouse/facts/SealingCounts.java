package io.risefall.query.warehouse.facts;

/**
 * How sealing goes.
 *
 * @param days how many days are sealed
 * @param bytes of their files
 * @param written how many this process has sealed, or sealed again
 * @param kept how many sealed days the warehouse has fewer lines of than their files
 * @param failures how often it could not look or seal, and tries again
 */
public record SealingCounts(long days, long bytes, long written, long kept, long failures) {}
