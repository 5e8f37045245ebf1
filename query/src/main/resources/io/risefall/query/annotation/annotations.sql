-- What happened in a range of time that a graph of numbers should show? The latest first.
with asked as (
    select make_timestamptz($1::bigint) as begin_at, make_timestamptz($2::bigint) as end_at
), happened as (
    select i.started_at as from_at, i.ended_at as to_at, 'incident' as kind, i.label as what, i.incident_id as id,
        [i.reason, i.kind] as tags
    from incidents_between(make_timestamptz($1::bigint), make_timestamptz($2::bigint)) i
    union all
    select m.from_at, m.to_at, 'maintenance', m.state || ' of ' || m.proxy || '/' || m.server || ' on ' || m.node, null,
        [m.proxy, m.node]
    from maintenance m, asked
    where m.from_at < asked.end_at and coalesce(m.to_at, asked.end_at) >= asked.begin_at
    union all
    select c."at", null, case c.kind when 'note' then 'note' else 'reload' end,
        coalesce(c.subject || ': ', '') || c.what || coalesce(' on ' || c.node, ''), null, [c.proxy, c.node]
    from changes c, asked
    where c.kind in ('reload', 'start', 'stop', 'failed-reload', 'note') and c."at" >= asked.begin_at and c."at" < asked.end_at
), tagged as (
    select * replace (list_filter(list_distinct([kind] || tags), lambda tag: tag is not null) as tags) from happened
)
select epoch_us(from_at) as from_us, epoch_us(to_at) as to_us, kind, what, id, list_sort(tags) as tags
from tagged
where $3::varchar[] is null or list_has_any(tags, $3::varchar[])
order by from_at desc, kind, what, id
limit $4::bigint;
