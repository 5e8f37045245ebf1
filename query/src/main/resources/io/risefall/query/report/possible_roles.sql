-- May any backend be a role backend? Mostly none, and to know for certain takes longer. Parameter: patterns, or null for those of the warehouse.
with requested as (
    select coalesce(cast(? as varchar), store.role_patterns()) as patterns
)
select count(*) as backends from store.role_possible_in((select patterns from requested));
