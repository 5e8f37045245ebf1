package io.risefall.query.alert.model;

import org.jspecify.annotations.Nullable;

/**
 * A backend of the servers in an alert. Where nodes disagree, of the node that has the fewest servers left.
 *
 * @param usable how many of its servers, backups included, can take traffic; null: not known
 * @param configured how many servers it has, without those in maintenance; null: not known
 * @param empty whether it has none left, by HAProxy's own word
 */
public record AlertBackend(
        String proxy, @Nullable Integer usable, @Nullable Integer configured, boolean empty) {}
