-- Of which days of the period are rows gone?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
), gone as (
    select l.day, l.state, string_agg(replace(l.table_name, '_', ' '), ', ' order by l.table_name) as tables
    from store.left_days l, period p
    where l.state <> 'left' and (l.day + 1)::timestamptz > p.from_at and l.day::timestamptz < p.to_at
    group by l.day, l.state
)
select state, tables, count(*) as days,
    case when min(day) = max(day) then min(day)::varchar else min(day)::varchar || ' to ' || max(day)::varchar end as range
from gone group by state, tables order by min(day), state, tables;
