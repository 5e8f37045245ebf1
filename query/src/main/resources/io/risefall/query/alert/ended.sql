-- What became of what lasted? Parameter: when those that are asked about began. Without a row it was taken back.
with begun as materialized (
    select make_timestamptz(unnest($1::bigint[])) as from_at
)
select 'DOWN' as kind, substr(md5(record_key), 1, 12) as id, epoch_us(ended_at) as ended_us, ended_by
from store.own_outages where started_at in (select from_at from begun)
union all
select 'FLAPPING', substr(md5(record_key), 1, 12), epoch_us(calm_at), 'up'
from store.own_flapping where started_at in (select from_at from begun)
union all
select 'EMPTY', substr(md5(record_key), 1, 12), epoch_us(ended_at), 'up'
from store.own_backend_outages where started_at in (select from_at from begun)
union all
select 'SILENT', node || ' ' || epoch_us(from_at), epoch_us(to_at), 'up'
from store.silences where from_at in (select from_at from begun);
