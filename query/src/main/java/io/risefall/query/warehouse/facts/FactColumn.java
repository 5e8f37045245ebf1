package io.risefall.query.warehouse.facts;

/**
 * A column of a {@link FactTable}.
 *
 * @param name as in the warehouse
 * @param type as DuckDB's catalogue has it: {@code VARCHAR}, {@code BIGINT}, {@code TIMESTAMP WITH TIME ZONE}, …
 * @param required whether every row has a value
 */
public record FactColumn(String name, String type, boolean required) {}
