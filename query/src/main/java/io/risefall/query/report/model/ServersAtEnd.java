package io.risefall.query.report.model;

/**
 * Servers by state at the end of the period.
 *
 * @param down down for one node at least
 * @param downForSome how many of those are up for others
 */
public record ServersAtEnd(int up, int down, int maint, int drain, int unknown, int downForSome) {}
