-- Which outages are asked about? Those with an id, else those that are open, else the latest of each server.
with asked as (
    select ?::varchar as id, ?::varchar as proxy, ?::varchar as server, ?::varchar as node
), wanted as (
    select *
    from (select substr(md5(record_key), 1, 12) as outage_id, node, proxy, server, started_at, ended_at from store.own_outages) o, asked
    where (asked.id is null or starts_with(o.outage_id, asked.id))
        and (asked.proxy is null or o.proxy = asked.proxy) and (asked.server is null or o.server = asked.server)
        and (asked.node is null or o.node = asked.node)
), chosen as (
    select *, row_number() over (partition by proxy, server order by started_at desc, node) as nth from wanted
)
select outage_id as id, epoch_us(started_at) as started_us, ended_at is null as open
from chosen, asked
where asked.id is not null or ended_at is null
    or (nth = 1 and not exists (select 1 from wanted w where w.ended_at is null))
order by ended_at is null desc, started_at desc, id;
